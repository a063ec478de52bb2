package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Lets a standby receive what the most advanced of its siblings has, before it is promoted in that one's place.
///
/// @param of the lost primary, whose WAL it is
public record CatchUp(NodeName target, NodeName of, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "catch_up";
    }

    @Override
    public String summary() {
        return "let %s have what the most advanced standby has".formatted(target);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return cluster.failover()
                .ahead(target, of)
                .map(other -> new Change("WAL of " + target, "less than " + other, "as much as " + other));
    }

    @Override
    public String apply(ClusterControl cluster) {
        return cluster.failover().catchUp(target, of, timeout);
    }

    /// It follows its sibling then, which it can go on doing; the lost primary is nobody's upstream any more.
    @Override
    public Undo undo() {
        return Undo.nothing();
    }
}
