package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Checks that one node, and no other, accepts writes.
public record SinglePrimary(NodeName target, Duration timeout) implements NodeStep, Check {

    @Override
    public String verb() {
        return "single_primary";
    }

    @Override
    public String summary() {
        return "check that %s is the only primary".formatted(target);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("primaries", "not looked at", "only " + target));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var primaries = cluster.observe().primaries();
        if (!primaries.equals(List.of(target))) {
            throw new ProblemException(
                    Problem.error("not-the-only-primary", "%s is not the only primary".formatted(target))
                            .detail("Accepting writes: %s.".formatted(primaries.isEmpty() ? "nobody" : primaries))
                            .hint("Look with \"heliosctl status\" before anything else is done."));
        }
        return target.value();
    }
}
