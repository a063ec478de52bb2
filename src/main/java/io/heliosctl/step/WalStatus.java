package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says in one line where the WAL of a primary stands and how far each standby has replayed it.
public record WalStatus(NodeName target, Duration timeout) implements NodeStep, Check {

    @Override
    public String verb() {
        return "wal_status";
    }

    @Override
    public String summary() {
        return "look at the WAL of " + target;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("WAL of " + target, "not looked at", "known"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        if (!(cluster.observe(target) instanceof NodeState.Primary primary)) {
            throw new ProblemException(Problem.error("not-a-primary", target + " is not a primary"));
        }
        var standbys = primary.senders().stream()
                .map(sender -> "%s %s".formatted(sender.applicationName(), behind(primary, sender)))
                .sorted()
                .collect(Collectors.joining(", "));
        return "%s at %s, timeline %s; replay: %s"
                .formatted(
                        target,
                        primary.written(),
                        primary.identity().timeline(),
                        standbys.isEmpty() ? "no standby" : standbys);
    }

    private static String behind(NodeState.Primary primary, NodeState.Sender sender) {
        return sender.replayed()
                .map(replayed -> replayed.bytesBehind(primary.written()) + " B behind")
                .orElse(sender.state());
    }
}
