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

    /// Where another server is a primary by now, this one would be a second one: then it stays fenced.
    @Override
    public String apply(ClusterControl cluster) {
        var others = cluster.observe().primaries().stream()
                .filter(name -> !name.equals(target))
                .toList();
        if (!others.isEmpty()) {
            return "stays fenced, for %s is a primary".formatted(others.getFirst());
        }
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
