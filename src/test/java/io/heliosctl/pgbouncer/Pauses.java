package io.heliosctl.pgbouncer;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.PauseAttempts.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One attempt to pause one PgBouncer.
final class Pauses {

    /// As long as a run waits for them: a login that PAUSE meets fails, and its client may be told so.
    private static final Duration LOGINS = Duration.ofMillis(300);

    private Pauses() {}

    /// @throws ProblemException also if there was not enough time; the detail is the process IDs that were
    ///     waited for
    static void pause(PgbouncerServer server, Duration deadline) {
        if (PauseAttempts.on(List.of(server), _ -> Optional.empty()).attempt(deadline, LOGINS)
                instanceof Ending.TimedOut timedOut) {
            throw new ProblemException(Problem.error("pause-timed-out", "not in time")
                    .detail(timedOut.blockers().stream()
                            .map(blocker -> blocker.database() + " " + blocker.user() + " " + blocker.pid())
                            .toList()
                            .toString()));
        }
    }
}
