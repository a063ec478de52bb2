package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Checks that a former primary comes back read-only, if it comes back, and tells what is to be done about it.
public record Buried(NodeName target, Duration timeout) implements NodeStep, Check {

    /// What it always says, by which of the two.
    public static final Set<String> TOLD = Set.of("not-buried", "not-rejoined");

    private static final String REJOIN = "Look for rows that are missed, then bring it back: heliosctl rejoin %s";

    @Override
    public String verb() {
        return "buried";
    }

    @Override
    public String summary() {
        return "check that %s can only come back read-only".formatted(target);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change(target.value(), "not looked at", "read-only if it comes back"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var state = cluster.observe(target);
        if (state instanceof NodeState.Unreachable unreachable) {
            throw new ProblemException(Problem.error("not-buried", "%s would come back writable".formatted(target))
                    .detail("It could not be reached: %s. Until it is fenced it must not reach any client."
                            .formatted(unreachable.reason()))
                    .hint("As soon as its host answers: heliosctl fence %s".formatted(target)));
        }
        if (state instanceof NodeState.Primary || !cluster.hasTombstone(target)) {
            throw new ProblemException(Problem.error("not-buried", "%s would come back writable".formatted(target))
                    .detail("There is no standby.signal in its data directory.")
                    .hint("Type: heliosctl fence %s".formatted(target)));
        }
        if (state instanceof NodeState.Standby) {
            return streaming(cluster);
        }
        throw new ProblemException(
                Problem.error("not-rejoined", "%s is fenced, and not yet a standby".formatted(target))
                        .detail("It may have WAL that nobody else has.")
                        .hint(REJOIN.formatted(target)));
    }

    /// Something has started it since it was fenced, and it has found its way by itself; or it has not.
    private String streaming(ClusterControl cluster) {
        var upstream = cluster.observe().primaries().stream()
                .filter(primary -> cluster.streamsFrom(target, primary))
                .findFirst();
        return upstream.map(primary -> "streams from " + primary)
                .orElseThrow(() -> new ProblemException(
                        Problem.error("not-rejoined", "%s runs read-only, and does not stream".formatted(target))
                                .detail("It may have WAL that nobody else has.")
                                .hint(REJOIN.formatted(target))));
    }
}
