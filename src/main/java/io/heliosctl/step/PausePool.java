package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.PoolerName;
import java.time.Duration;
import java.util.Optional;

/// Holds the clients of a pooler at the door while the database behind it moves.
///
/// The clients wait from the moment PAUSE is sent, so it is never left hanging: after the deadline the pooler is
/// resumed and the step has failed.
///
/// Before PAUSE is sent, the pooler's own host is told to let the clients in by itself should nobody do so.
///
/// @param timeout how long open transactions may take to end
/// @param budget how long clients may be shut out before their host lets them in by itself
public record PausePool(PoolerName target, Duration timeout, Duration budget) implements PoolerStep {

    /// What a runbook has if it says nothing.
    public static final Duration BUDGET = Duration.ofSeconds(30);

    public PausePool(PoolerName target, Duration timeout) {
        this(target, timeout, BUDGET);
    }

    @Override
    public String verb() {
        return "pause_pool";
    }

    @Override
    public String summary() {
        return "pause " + target;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (cluster.isPaused(target)) {
            return Optional.empty();
        }
        return Optional.of(new Change("pooler " + target, "active", "paused"));
    }

    @Override
    public void prepare(ClusterControl cluster) {
        cluster.readySwitch(target, budget);
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.armSwitch(target, budget);
        cluster.pause(target, timeout);
        return "";
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    /// PAUSE that waits is answered by RESUME when its thread is interrupted.
    @Override
    public boolean isCancellable() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.with(new ResumePool(target, Duration.ofSeconds(10)));
    }
}
