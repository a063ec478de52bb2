package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Lets a running standby stream from another server.
public record Follow(NodeName target, NodeName upstream, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "follow";
    }

    @Override
    public String summary() {
        return "let %s follow %s".formatted(target, upstream);
    }

    /// With synchronous replication no commit ends before a standby follows. What cannot be written ahead of
    /// time is tried again, and told of, by the step itself.
    @Override
    public void prepare(ClusterControl cluster) {
        try {
            cluster.prepareFollow(target, upstream);
        } catch (ProblemException e) {
            return;
        }
    }

    @Override
    public List<Problem> guard(ClusterControl cluster) {
        if (cluster.observe(target) instanceof NodeState.Primary) {
            return List.of(Problem.error("not-a-standby", target + " is a primary and follows nobody")
                    .hint("A former primary comes back by \"rejoin\"."));
        }
        return cluster.identityProblems(target);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (cluster.streamsFrom(target, upstream)) {
            return Optional.empty();
        }
        return Optional.of(new Change("upstream of " + target, "another", upstream.value()));
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.follow(target, upstream, timeout);
        return "streaming";
    }

    @Override
    public Undo undo() {
        return Undo.nothing();
    }
}
