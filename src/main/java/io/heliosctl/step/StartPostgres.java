package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import java.time.Duration;
import java.util.Optional;

/// Starts a server as what its data directory says it is.
///
/// @param removeTombstone first take away what a stop of this run has put there, so that it starts as a primary again;
///     only ever true for the undo of a stop
public record StartPostgres(NodeName target, boolean removeTombstone, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "start_postgres";
    }

    @Override
    public String summary() {
        return "start PostgreSQL on " + target;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        var running = cluster.observe(target) instanceof NodeState.Running;
        if (running && !(removeTombstone && cluster.hasTombstone(target))) {
            return Optional.empty();
        }
        return Optional.of(new Change("PostgreSQL on " + target, "stopped", "running"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.awaitExit(target, timeout);
        if (removeTombstone) {
            cluster.removeTombstone(target);
        }
        cluster.start(target, timeout);
        return "";
    }

    @Override
    public Undo undo() {
        return Undo.nothing();
    }
}
