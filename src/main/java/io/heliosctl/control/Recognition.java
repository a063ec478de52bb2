package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.Topology;
import java.util.Map;

/// Whoever begins a run has seen its servers running; whoever goes on with one may find some stopped.
final class Recognition {

    private Recognition() {}

    /// Lets a server that does not run be known as the one of this cluster: its `pg_control`, read where the
    /// inventory says that its data directory is, has the system identifier of a server that runs. Where no
    /// standby is left to tell whether this cluster uses replication slots, the slot that the new primary used
    /// as one does.
    static void of(Map<NodeName, LiveNode> nodes, Topology seen) {
        var running =
                nodes.values().stream().flatMap(node -> node.pinned().stream()).findFirst();
        running.ifPresent(known -> seen.nodes().forEach((name, state) -> {
            if (state instanceof Stopped stopped && stopped.control().systemId().equals(known.systemId())) {
                nodes.get(name).recognise(known);
            }
        }));
        if (seen.nodes().values().stream().noneMatch(Standby.class::isInstance)) {
            seen.nodes().forEach((name, state) -> {
                if (state instanceof Primary primary) {
                    nodes.get(name).rememberSlot(primary.facts());
                }
            });
        }
    }
}
