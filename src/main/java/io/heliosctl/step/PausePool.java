package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.PauseLimits;
import io.heliosctl.model.Change;
import io.heliosctl.model.PoolerName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Holds the clients of a pooler at the door while the database behind it moves.
///
/// The clients wait from the moment PAUSE is sent, so it is never left hanging: after a short time all poolers
/// of the step are resumed, what they waited for is waited for with the clients served, and it is tried again.
///
/// Before PAUSE is sent, each pooler's own host is told to let the clients in by itself should nobody do so.
///
/// @param limits how long an attempt may take, and all of them together
/// @param budget how long clients may be shut out before their host lets them in by itself
public record PausePool(PoolerName target, PauseLimits limits, Duration budget) implements PoolerStep {

    /// What a runbook has if it says nothing.
    public static final Duration BUDGET = Duration.ofSeconds(30);

    public PausePool(PoolerName target, PauseLimits limits) {
        this(target, limits, BUDGET);
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
    public Duration timeout() {
        return limits.drain();
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
        cluster.readyPause(target);
        cluster.readySwitch(target, budget);
    }

    @Override
    public String apply(ClusterControl cluster) {
        return pause(cluster, List.of(target));
    }

    String pause(ClusterControl cluster, List<PoolerName> poolers) {
        cluster.armSwitch(poolers, budget);
        return cluster.pause(poolers, limits);
    }

    /// A pooler must not hold its clients while another one waits for a transaction to end.
    @Override
    public boolean isJoint() {
        return true;
    }

    @Override
    public String applyJointly(ClusterControl cluster, List<Step> all) {
        return pause(
                cluster, all.stream().map(step -> ((PausePool) step).target()).toList());
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
