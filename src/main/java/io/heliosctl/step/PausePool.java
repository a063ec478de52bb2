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
/// The clients wait from the moment PAUSE is sent, so it is never left hanging: after a short time all poolers of the
/// step are resumed, what they waited for is waited for with the clients served, and it is tried again.
///
/// @param limits how long an attempt may take, and all of them together
public record PausePool(PoolerName target, PauseLimits limits) implements PoolerStep {

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
    public String apply(ClusterControl cluster) {
        return cluster.pause(List.of(target), limits);
    }

    /// A pooler must not hold its clients while another one waits for a transaction to end.
    @Override
    public boolean isJoint() {
        return true;
    }

    @Override
    public String applyJointly(ClusterControl cluster, List<Step> all) {
        return cluster.pause(
                all.stream().map(step -> ((PausePool) step).target()).toList(), limits);
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
