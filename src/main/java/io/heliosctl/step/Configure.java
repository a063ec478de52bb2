package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Writes the standby settings of a server that will soon be stopped and follow another, while it still runs:
/// only a marker file is left to be made when clients wait. A running primary does not read them.
public record Configure(NodeName target, NodeName upstream, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "configure";
    }

    @Override
    public String summary() {
        return "write the standby settings of %s, to follow %s".formatted(target, upstream);
    }

    /// Whether the settings are there already is not worth a look: writing them again changes nothing.
    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("standby settings of " + target, "none", "to follow " + upstream));
    }

    @Override
    public String apply(ClusterControl cluster) {
        cluster.prepareTombstone(target, upstream);
        return "";
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.with(new Unconfigure(target, timeout));
    }
}
