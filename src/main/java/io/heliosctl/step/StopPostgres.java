package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.StopMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stops a server, and with an upstream given, sees to it that any later start comes up read-only.
///
/// @param upstream the future primary; the stopped server gets a `standby.signal` that follows it (its tombstone)
public record StopPostgres(NodeName target, StopMode mode, Optional<NodeName> upstream, Duration timeout)
        implements NodeStep {

    @Override
    public String verb() {
        return "stop_postgres";
    }

    @Override
    public String summary() {
        return "stop PostgreSQL on " + target;
    }

    @Override
    public List<Problem> guard(ClusterControl cluster) {
        return cluster.identityProblems(target);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        var stopped = cluster.observe(target) instanceof NodeState.Stopped;
        if (stopped && (upstream.isEmpty() || cluster.hasTombstone(target))) {
            return Optional.empty();
        }
        return Optional.of(new Change("PostgreSQL on " + target, "running", "stopped"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var proof = cluster.stop(target, mode, timeout);
        if (upstream.isEmpty()) {
            return "shut down at " + proof.checkpoint();
        }
        cluster.tombstone(proof, upstream.get());
        return "shut down at " + proof.checkpoint() + ", would start read-only";
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.with(new StartPostgres(target, upstream.isPresent(), timeout));
    }
}
