package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Checks that every standby of the cluster streams from one node, on its timeline, and has a marker written
/// just now.
public record Streaming(NodeName target, Duration timeout) implements NodeStep, Check {

    @Override
    public String verb() {
        return "streaming";
    }

    @Override
    public String summary() {
        return "check that every standby streams from " + target;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("standbys", "not looked at", "streaming from " + target));
    }

    @Override
    public String apply(ClusterControl cluster) {
        return cluster.requireStreaming(target, timeout);
    }
}
