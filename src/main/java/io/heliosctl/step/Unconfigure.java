package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Puts the settings back as they were, byte for byte. Only ever made to take [Configure] back.
public record Unconfigure(NodeName target, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "unconfigure";
    }

    @Override
    public String summary() {
        return "put the settings of " + target + " back";
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("standby settings of " + target, "written", "as before"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.removeTombstone(target);
        return "";
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
