package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Way;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Puts a new copy of its upstream in the place of a node's data directory, which is kept, and lets it follow.
public record Clone(NodeName target, NodeName upstream, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "clone";
    }

    @Override
    public String summary() {
        return "put a new copy of %2$s in the place of %1$s".formatted(target, upstream);
    }

    @Override
    public List<Problem> guard(ClusterControl cluster) {
        if (cluster.observe(target) instanceof NodeState.Primary) {
            return List.of(Problem.error("split-brain", target + " accepts writes; it cannot be made a standby")
                    .hint("Look at the cluster with \"heliosctl status\" before anything else is done."));
        }
        return List.of();
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (cluster.streamsFrom(target, upstream)) {
            return Optional.empty();
        }
        return Optional.of(new Change("data of " + target, "its own", "a copy of " + upstream));
    }

    @Override
    public String apply(ClusterControl cluster) {
        return cluster.returns().bringBack(target, upstream, Limits.only(Way.CLONE), timeout);
    }

    /// What runs on the host goes on, and whoever resumes the run finds it.
    @Override
    public boolean isCancellable() {
        return true;
    }

    @Override
    public Undo undo() {
        return new Undo.Impossible("the copy is there, and what was there before is kept beside it");
    }
}
