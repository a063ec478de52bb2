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
/// With an upstream, its host is told before that to bring it back by itself, as the primary that it was,
/// should nobody say in time that another one takes over.
///
/// @param upstream the future primary; the stopped server gets a `standby.signal` that follows it (its
/// tombstone)
/// @param budget how long it may be stopped before its host brings it back by itself; a stop takes no longer
/// either
public record StopPostgres(
        NodeName target, StopMode mode, Optional<NodeName> upstream, Duration timeout, Duration budget)
        implements NodeStep {

    /// What a runbook has if it says nothing.
    public static final Duration BUDGET = Duration.ofSeconds(20);

    public StopPostgres(NodeName target, StopMode mode, Optional<NodeName> upstream, Duration timeout) {
        this(target, mode, upstream, timeout, BUDGET);
    }

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
    public void prepare(ClusterControl cluster) {
        if (upstream.isPresent()) {
            cluster.readySwitch(target, budget);
        }
    }

    @Override
    public String apply(ClusterControl cluster) {
        if (upstream.isEmpty()) {
            return "shut down at " + cluster.stop(target, mode, timeout).checkpoint();
        }
        cluster.armSwitch(target, budget);
        var proof = cluster.stop(target, mode, timeout.compareTo(budget) < 0 ? timeout : budget);
        cluster.requireSwitch(target);
        cluster.tombstone(proof, upstream.get());
        return "shut down at " + proof.checkpoint() + ", would start read-only";
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.with(new StartPostgres(target, upstream.isPresent(), timeout, budget));
    }
}
