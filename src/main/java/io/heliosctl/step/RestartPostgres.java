package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stops a server in fast mode and starts it again. Its role stays.
public record RestartPostgres(NodeName target, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "restart_postgres";
    }

    @Override
    public String summary() {
        return "restart PostgreSQL on " + target;
    }

    @Override
    public List<Problem> guard(ClusterControl cluster) {
        return cluster.identityProblems(target);
    }

    /// Whether a restart has been made cannot be seen, and making one more does no lasting harm.
    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("PostgreSQL on " + target, "running", "restarted"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.restart(target, timeout);
        return "";
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
