package io.heliosctl.pgbouncer;

import io.heliosctl.model.Problem;
import io.heliosctl.model.UnknownOutcomeException;
import java.time.Duration;

/// RESUME of one process, of all its databases too, and the proof of it.
final class Resume {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private Resume() {}

    /// Lets clients in. A process or database that is not paused is as it should be.
    ///
    /// @throws io.heliosctl.model.ProblemException if it cannot be proved that nothing is paused any more
    static void of(PoolerProcess process) {
        process.ask(DEADLINE, ConsoleCommand.RESUME);
        var databases = process.read(DEADLINE, ConsoleCommand.SHOW_DATABASES).getFirst().stream()
                .filter(row -> row.isSet("paused"))
                .map(row -> ConsoleCommand.resume(row.text("name")))
                .toArray(ConsoleCommand[]::new);
        if (databases.length > 0) {
            process.ask(DEADLINE, databases);
        }
        if (process.isPaused(DEADLINE)
                || process.read(DEADLINE, ConsoleCommand.SHOW_DATABASES).getFirst().stream()
                        .anyMatch(row -> row.isSet("paused"))) {
            throw unproved(process, "PgBouncer says that it is still paused.");
        }
    }

    static UnknownOutcomeException unproved(PoolerProcess process, String detail) {
        return new UnknownOutcomeException(
                Problem.error("resume-unproved", "PgBouncer " + process.name() + " may still be paused")
                        .detail(detail)
                        .hint("Send RESUME to its console: " + process.consoleCommand() + " -c RESUME"));
    }
}
