package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Lets a standby follow whom it followed before. Only ever made to take [CatchUp] back.
public record Unfollow(NodeName target, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "unfollow";
    }

    @Override
    public String summary() {
        return "let %s follow whom it followed before".formatted(target);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("upstream of " + target, "perhaps another", "as before"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        return cluster.failover().followAsBefore(target, timeout);
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.nothing();
    }
}
