package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A server of a rehearsal that was never seen running, and is started. What it will be, only its data
/// directory knows: beside a primary it is taken for a standby, else for what it was when it was shut down.
final class PretendServer {

    private PretendServer() {}

    static Running of(Topology topology, NodeName name, Stopped stopped) {
        var control = stopped.control();
        var settings = topology.cluster().node(name).postgres();
        var identity = new NodeState.Identity(
                control.systemId(), control.timeline(), version(topology), settings.dataDir(), settings.port());
        var facts = new NodeState.Facts(Map.of(), false, 0, List.of(), List.of(), Optional.empty());
        var primary = topology.primaries().isEmpty() && control.isCleanlyShutDown();
        return primary
                ? new NodeState.Primary(identity, control.checkpoint(), List.of(), List.of(), facts)
                : new NodeState.Standby(
                        identity,
                        control.checkpoint(),
                        control.checkpoint(),
                        Optional.empty(),
                        NodeState.ReplayPause.NOT_PAUSED,
                        Duration.ZERO,
                        List.of(),
                        List.of(),
                        facts);
    }

    /// It could not tell its own; its neighbours' is as good as any.
    private static ServerVersion version(Topology topology) {
        return topology.nodes().values().stream()
                .filter(Running.class::isInstance)
                .map(state -> ((Running) state).identity().version())
                .findFirst()
                .orElse(new ServerVersion(0));
    }
}
