package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Takes back what [Fence] has done over SSH. What the site's own fence has done, or a person, stays.
public record Unfence(NodeName target, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "unfence";
    }

    @Override
    public String summary() {
        return "let %s be what it was".formatted(target);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change(target.value(), "fenced", "as it was"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        return cluster.failover().release(target, timeout);
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
