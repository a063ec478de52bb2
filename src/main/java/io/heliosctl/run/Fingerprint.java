package io.heliosctl.run;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a plan was made for. If it has changed since, the plan is stale.
///
/// @param primaries who accepted writes
/// @param nodes system identifier and timeline of every node that answered
public record Fingerprint(List<NodeName> primaries, Map<NodeName, Line> nodes) {

    /// The line of history a node is on.
    public record Line(SystemId systemId, Timeline timeline) {}

    public static Fingerprint of(Topology topology) {
        var lines = new TreeMap<NodeName, Line>();
        topology.nodes().forEach((name, state) -> {
            if (state instanceof NodeState.Running running) {
                var identity = running.identity();
                lines.put(name, new Line(identity.systemId(), identity.timeline()));
            }
        });
        return new Fingerprint(topology.primaries(), lines);
    }
}
