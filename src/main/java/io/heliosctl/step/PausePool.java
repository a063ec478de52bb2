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
/// @param timeout how long open transactions may take to end
public record PausePool(PoolerName target, Duration timeout) implements PoolerStep {

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
    public String apply(ClusterControl cluster) {
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
