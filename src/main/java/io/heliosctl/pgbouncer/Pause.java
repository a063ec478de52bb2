package io.heliosctl.pgbouncer;

import io.heliosctl.remote.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One PAUSE of one process, on a console of its own, from its sending to its end.
///
/// Clients wait from the moment PAUSE is sent, not from its completion. PgBouncer knows no way to take a
/// waiting PAUSE back but RESUME from another console, and then never answers the first (pgbouncer#715);
/// closing the first leaves the process paused.
final class Pause {

    /// How one PAUSE ended, as far as is known.
    enum Ended {
        PAUSED,
        REFUSED,
        UNANSWERED
    }

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final PoolerProcess process;
    private final Optional<Permit> permit;
    private volatile Optional<Console> console = Optional.empty();
    private CompletableFuture<Answer> answer = CompletableFuture.failedFuture(new IllegalStateException("not sent"));

    /// @param permit what must still be so when it arrives
    Pause(PoolerProcess process, Optional<Permit> permit) {
        this.process = process;
        this.permit = permit;
    }

    /// Opens what PAUSE and its taking back need, before any client waits.
    void prepare() {
        process.version(DEADLINE);
        console = Optional.of(process.pauseConsole(DEADLINE));
    }

    PoolerProcess process() {
        return process;
    }

    /// Sends PAUSE; the future fails at the deadline.
    CompletableFuture<Answer> send(Duration deadline) {
        var open = console.orElseThrow();
        answer = CompletableFuture.supplyAsync(
                () -> open.ask(deadline, ConsoleCommand.pause(permit)).getFirst(), Together.THREADS);
        return answer;
    }

    /// The same between two other commands, all in one write: the last one is made even if nobody here is left
    /// to send it.
    CompletableFuture<Answer> sendBetween(Duration deadline, ConsoleCommand before, ConsoleCommand after) {
        var open = console.orElseThrow();
        answer = CompletableFuture.supplyAsync(
                () -> open.ask(deadline, before, ConsoleCommand.pause(permit), after)
                        .get(1),
                Together.THREADS);
        return answer;
    }

    Ended ended() {
        if (!answer.isDone() || answer.isCompletedExceptionally()) {
            return Ended.UNANSWERED;
        }
        return switch (answer.join()) {
            case Answer.Table _ -> Ended.PAUSED;
            case Answer.Refused _ -> Ended.REFUSED;
        };
    }

    /// What PgBouncer said instead of pausing, if it said something.
    Optional<Answer.Refused> refusal() {
        return ended() == Ended.REFUSED && answer.join() instanceof Answer.Refused refused
                ? Optional.of(refused)
                : Optional.empty();
    }

    /// True if there was no answer because the console broke, not because PAUSE waits.
    boolean isConsoleLost() {
        return console.map(Console::hasEnded).orElse(true);
    }

    /// Lets the clients in again: RESUME at once, on the other console. If PAUSE was not answered, it may still
    /// be on its way; so its psql is ended, PgBouncer is waited for to have seen that, and only then the state
    /// counts.
    ///
    /// @return the server connections that were in use when RESUME was sent: what PAUSE waited for
    /// @throws io.heliosctl.model.ProblemException if it cannot be proved that the process is not paused
    List<ServerInUse> takeBack() {
        try {
            var answers = process.ask(DEADLINE, ConsoleCommand.SHOW_SERVERS, ConsoleCommand.RESUME);
            if (ended() == Ended.UNANSWERED) {
                close();
                awaitGone();
            }
            requireResumed();
            return answers.getFirst() instanceof Answer.Table table
                    ? new InUse(process).of(table.rows(), DEADLINE)
                    : List.of();
        } finally {
            if (ended() == Ended.UNANSWERED) {
                close();
            }
        }
    }

    private void requireResumed() {
        if (process.isPaused(DEADLINE)) {
            process.ask(DEADLINE, ConsoleCommand.RESUME);
            if (process.isPaused(DEADLINE)) {
                throw Resume.unproved(process, "PgBouncer says that it is still paused.");
            }
        }
    }

    private void close() {
        console.ifPresent(Console::close);
    }

    private void awaitGone() {
        Asking.await(
                DEADLINE,
                () -> process.read(DEADLINE, ConsoleCommand.SHOW_CLIENTS).getFirst().stream()
                        .noneMatch(this::isOurs),
                () -> Resume.unproved(process, "The console that PAUSE was sent on does not go away."));
    }

    private boolean isOurs(Row client) {
        return client.text("remote_pid").equals(console.map(Console::pid).orElse(""))
                && client.text("database").equals("pgbouncer");
    }
}
