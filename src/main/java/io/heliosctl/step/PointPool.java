package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import java.time.Duration;
import java.util.Optional;

/// Renders pgbouncer.ini for another primary, replaces the live file, sends SIGHUP, and believes only what
/// `SHOW DATABASES` says afterwards.
///
/// @param from where it leads now; absent if that is not known, and then there is no way back
public record PointPool(PoolerName target, NodeName at, Optional<NodeName> from, Duration timeout)
        implements PoolerStep {

    @Override
    public String verb() {
        return "point_pool";
    }

    @Override
    public String summary() {
        return "point %s at %s".formatted(target, at);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (cluster.pointsAt(target, at)) {
            return Optional.empty();
        }
        var before = from.map(NodeName::value).orElse("elsewhere");
        return Optional.of(
                new Change("target of " + target, before, at.value(), cluster.routingDifference(target, at)));
    }

    @Override
    public void prepare(ClusterControl cluster) {
        cluster.stage(target, at);
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.point(target, at, timeout);
        return "";
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    /// A pooler that is to lead to where the primary was all along led to somebody else, nobody knows to whom.
    @Override
    public Undo undo() {
        return from.filter(before -> !before.equals(at))
                .<Undo>map(before -> Undo.with(new PointPool(target, before, Optional.of(at), timeout)))
                .orElseGet(() -> new Undo.Impossible("it is not known where " + target + " led before"));
    }
}
