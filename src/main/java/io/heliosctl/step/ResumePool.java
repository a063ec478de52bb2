package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.PoolerName;
import java.time.Duration;
import java.util.Optional;

/// Lets the clients of a pooler in. Only when that is proved, its host need not do so by itself any more.
public record ResumePool(PoolerName target, Duration timeout) implements PoolerStep {

    @Override
    public String verb() {
        return "resume_pool";
    }

    @Override
    public String summary() {
        return "resume " + target;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (!cluster.isPaused(target) && !cluster.hasSwitch(target)) {
            return Optional.empty();
        }
        return Optional.of(new Change("pooler " + target, "paused", "active"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.resume(target);
        return cluster.disarmSwitch(target);
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
