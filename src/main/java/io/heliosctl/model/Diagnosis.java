package io.heliosctl.model;

import java.util.Locale;
import java.util.Optional;

/// The state of a cluster in one word.
public enum Diagnosis {
    /// One primary, every standby streams from the cluster, every pooler leads to the primary.
    HEALTHY,
    /// One primary, and something else is wrong.
    DEGRADED,
    /// Every node answered and none is primary.
    NO_PRIMARY,
    /// No primary was seen, and a node that could be it did not answer.
    PRIMARY_UNREACHABLE,
    /// More than one node accepts writes.
    SPLIT_BRAIN;

    /// Judges one observation.
    public static Diagnosis of(Topology topology) {
        var primaries = topology.primaries();
        if (primaries.size() > 1) {
            return SPLIT_BRAIN;
        }
        if (primaries.isEmpty()) {
            var dark = topology.nodes().values().stream().anyMatch(NodeState.Unreachable.class::isInstance);
            return dark ? PRIMARY_UNREACHABLE : NO_PRIMARY;
        }
        var primary = primaries.getFirst();
        var nodesFine = topology.nodes().values().stream().allMatch(Diagnosis::isFine);
        var poolersFine = topology.poolers().entrySet().stream()
                .allMatch(entry -> isFine(entry.getValue())
                        && topology.target(entry.getKey()).equals(Optional.of(primary)));
        return nodesFine && poolersFine ? HEALTHY : DEGRADED;
    }

    private static boolean isFine(NodeState state) {
        return switch (state) {
            case NodeState.Primary primary -> true;
            case NodeState.Standby standby -> standby.isStreaming();
            case NodeState.Stopped stopped -> false;
            case NodeState.Unreachable unreachable -> false;
        };
    }

    private static boolean isFine(PoolerState state) {
        return state instanceof PoolerState.Answering answering && !answering.isPaused();
    }

    /// The word used in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
