package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Optional;

/// Writes one WAL record through a pooler, as a client would: the proof that clients can work.
public record WriteProbe(PoolerName target, Duration timeout) implements PoolerStep, Check {

    @Override
    public String verb() {
        return "write_probe";
    }

    @Override
    public String summary() {
        return "write through " + target;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("writes through " + target, "not tried", "succeed"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        if (cluster.observe(target) instanceof PoolerState.Unreachable unreachable) {
            throw new ProblemException(
                    Problem.error("pooler-unreachable", "pooler %s could not be asked".formatted(target))
                            .detail(unreachable.reason() + ".")
                            .hint("When it is back: heliosctl run route %s"
                                    .formatted(cluster.cluster().name())));
        }
        return "lands on " + cluster.writeThrough(target, timeout);
    }
}
