package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import java.time.Duration;
import java.util.Optional;

/// Writes all dirty buffers now, while clients still work, so that the shutdown checkpoint has little left to
/// write.
///
/// Made twice: the second one shows what the shutdown will have to write.
public record Checkpoint(NodeName target, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "checkpoint";
    }

    @Override
    public String summary() {
        return "checkpoint " + target;
    }

    /// A checkpoint of a running server is never known to be unnecessary, and making one more does no harm.
    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (cluster.observe(target) instanceof NodeState.Stopped) {
            return Optional.empty();
        }
        return Optional.of(new Change("dirty buffers of " + target, "in memory", "on disk"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.checkpoint(target, timeout);
        var second = cluster.checkpoint(target, timeout);
        return "a second one took " + second.toMillis() + " ms";
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
