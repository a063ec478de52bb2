package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Drops the connections of a pooler that hang and holds everybody else at the door, for when PAUSE would wait
/// for connections that are dead. Clients whose query hung see an error.
public record KillPool(PoolerName target, Duration timeout) implements PoolerStep {

    @Override
    public String verb() {
        return "kill_pool";
    }

    @Override
    public String summary() {
        return "drop all connections of " + target;
    }

    /// Also due where this run holds clients already: it has for as long as the fence took, and their host
    /// would let them in before the promotion.
    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (!cluster.isPaused(target)) {
            return Optional.of(new Change("connections of " + target, "open", "dropped"));
        }
        return cluster.hasSwitch(target)
                ? Optional.of(new Change("clients of " + target, "held", "held for another whole budget"))
                : Optional.empty();
    }

    /// New clients wait from here on, so the pooler's host lets them in by itself should nobody do so. A switch
    /// of an earlier step may have fired while the old primary was fenced; that is no reason not to go on.
    @Override
    public String apply(ClusterControl cluster) {
        cluster.readySwitch(target, PausePool.BUDGET);
        cluster.armSwitch(List.of(target), PausePool.BUDGET);
        if (cluster.isPaused(target)) {
            return "held already";
        }
        cluster.kill(target, timeout);
        if (!cluster.isPaused(target)) {
            throw new ProblemException(Problem.error("not-done", "could not " + summary())
                    .detail("It was tried without an error, and still its clients are let in."));
        }
        return "";
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.with(new ResumePool(target, Duration.ofSeconds(10)));
    }
}
