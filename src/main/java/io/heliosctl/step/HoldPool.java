package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.PauseLimits;
import io.heliosctl.model.Change;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Holds the clients of a pooler at the door if that can be had: transactions that hang on a lost server never end, and
/// a PAUSE that waits for them is taken back. Such a pooler's connections are dropped later, by [KillPool].
public record HoldPool(PoolerName target, PauseLimits limits) implements PoolerStep {

    @Override
    public String verb() {
        return "hold_pool";
    }

    @Override
    public String summary() {
        return "hold the clients of " + target;
    }

    @Override
    public Duration timeout() {
        return limits.drain();
    }

    @Override
    public void prepare(ClusterControl cluster) {
        pause().prepare(cluster);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return pause().pending(cluster);
    }

    @Override
    public String apply(ClusterControl cluster) {
        return applyJointly(cluster, List.of(this));
    }

    @Override
    public boolean isJoint() {
        return true;
    }

    @Override
    public String applyJointly(ClusterControl cluster, List<Step> all) {
        try {
            return pause().pause(
                            cluster,
                            all.stream().map(step -> ((HoldPool) step).target()).toList());
        } catch (ProblemException e) {
            if (e.problems().stream().allMatch(problem -> problem.code().equals("pause-timed-out"))) {
                return "transactions hang on the old primary";
            }
            throw e;
        }
    }

    private PausePool pause() {
        return new PausePool(target, limits);
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public boolean isCancellable() {
        return true;
    }

    @Override
    public Undo undo() {
        return pause().undo();
    }
}
