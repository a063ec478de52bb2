package io.heliosctl.run;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.Attestation;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.FenceProof;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// What happens to a pretend cluster beside what is done to it, and what a promotion there has to stand on.
final class Outside {

    private Outside() {}

    /// How far the most advanced standby has come.
    static Lsn furthest(Topology topology) {
        return topology.nodes().values().stream()
                .filter(NodeState.Standby.class::isInstance)
                .map(state -> ((NodeState.Standby) state).received())
                .max(Comparator.naturalOrder())
                .orElse(Clusters.WRITTEN);
    }

    /// Somebody starts it, or its host; one whose power was cut stays off. What it is then, only its data
    /// directory says.
    static void comeBack(Rehearsal cluster, NodeName node) {
        var state = cluster.observe(node);
        if (state instanceof NodeState.Running || isCut(cluster, node)) {
            return;
        }
        cluster.put(
                node,
                cluster.hasTombstone(node)
                        ? Clusters.standby(Clusters.WRITTEN, Optional.empty(), 3, ReplayPause.NOT_PAUSED, Duration.ZERO)
                        : Clusters.primary());
    }

    private static boolean isCut(Rehearsal cluster, NodeName node) {
        try {
            return cluster.observe(node) instanceof NodeState.Unreachable
                    && cluster.failover().proveFenced(node, false).isProved();
        } catch (ProblemException e) {
            return false;
        }
    }

    /// A lost primary's place is given away on a proof that is true at that moment, or on a word that was
    /// given; and no more is lost than was allowed.
    static void requireGround(Rehearsal cluster, Plight plight, Object[] arguments, Lsn furthest) {
        var state = cluster.observe(Plight.FROM);
        switch ((Fenced) arguments[1]) {
            case StopProof stop ->
                ensure(
                        state instanceof NodeState.Stopped && cluster.hasTombstone(Plight.FROM),
                        "promoted on a proof of the stop, and it is " + state);
            case FenceProof fence ->
                ensure(
                        isCut(cluster, Plight.FROM)
                                || state instanceof NodeState.Standby
                                || (state instanceof NodeState.Stopped && cluster.hasTombstone(Plight.FROM)),
                        "promoted on \"%s\", and it is %s".formatted(fence.evidence(), state));
            case Attestation word -> {
                ensure(plight.parameters().containsKey("fenced"), "promoted on a word that nobody gave");
                ensure(state instanceof NodeState.Unreachable, "promoted on a word against what is seen");
            }
        }
        var lost = ((Coverage) arguments[2]).received().bytesBehind(furthest);
        ensure(lost <= Plight.ALLOWED, "%d bytes of WAL would be lost".formatted(lost));
    }

    private static void ensure(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
