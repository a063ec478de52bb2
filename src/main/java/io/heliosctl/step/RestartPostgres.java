package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stops a server in fast mode and starts it again. Its role stays.
///
/// @param untilItStreams whether a standby that streamed must stream again: as long as it does not, the next
///     one must not be restarted
public record RestartPostgres(NodeName target, boolean untilItStreams, Duration timeout) implements NodeStep {

    private static final Duration PAUSE = Duration.ofMillis(50);

    @Override
    public String verb() {
        return "restart_postgres";
    }

    @Override
    public String summary() {
        return "restart PostgreSQL on " + target;
    }

    @Override
    public List<Problem> guard(ClusterControl cluster) {
        return cluster.identityProblems(target);
    }

    /// Whether a restart has been made cannot be seen, and making one more does no lasting harm.
    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("PostgreSQL on " + target, "running", "restarted"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var deadline = Deadline.in(timeout);
        var streamed = untilItStreams && isStreaming(cluster);
        cluster.restart(target, timeout);
        if (!streamed) {
            return "";
        }
        while (!isStreaming(cluster)) {
            if (deadline.endsWaiting()) {
                throw new ProblemException(Problem.error("not-streaming", target + " does not stream any more")
                        .detail("It did before it was restarted.")
                        .hint("See the server log on %s.".formatted(target)));
            }
            Deadline.pause(PAUSE);
        }
        return "streaming";
    }

    private boolean isStreaming(ClusterControl cluster) {
        return cluster.observe(target) instanceof NodeState.Standby standby && standby.isStreaming();
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    /// That it was restarted is nothing to take back; that it does not run would be.
    @Override
    public Undo undo() {
        return Undo.with(new StartPostgres(target, false, timeout));
    }
}
