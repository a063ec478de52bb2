package io.heliosctl.pgbouncer;

import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.Pause.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// PAUSE of all processes of one PgBouncer at once: all or none.
///
/// Global, never `PAUSE database`: with `min_pool_size` that one keeps opening and failing server logins, and
/// clients then stall for `server_login_retry`.
final class PauseAll {

    /// A login under way when PAUSE comes counts as failed and holds up the next for `server_login_retry`
    /// (pgbouncer#498). Waiting for it costs nothing: no client waits yet.
    private static final Duration LOGIN = Duration.ofMillis(300);

    private static final Duration QUESTION = Duration.ofSeconds(5);

    /// How much longer than PAUSE's own deadline is waited for its failure to be known.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final List<PoolerProcess> processes;
    private final Duration deadline;
    private final PauseProblem problem;

    PauseAll(String pooler, List<PoolerProcess> processes, Duration deadline) {
        this.processes = processes;
        this.problem = new PauseProblem(pooler, deadline);
        this.deadline = deadline;
    }

    /// @throws ProblemException if one of them was not paused; the others are not paused any more either
    void run() {
        var pauses = processes.stream().map(Pause::new).toList();
        Together.each(pauses, Pause::prepare);
        Deadline.reached(LOGIN, this::noneLogsIn);
        if (Thread.currentThread().isInterrupted()) {
            throw new ProblemException(problem.interrupted());
        }
        var interrupted = await(pauses);
        if (pauses.stream().anyMatch(pause -> pause.ended() != Ended.PAUSED)) {
            throw takenBack(pauses, interrupted);
        }
    }

    private boolean noneLogsIn() {
        return Together.map(processes, process -> process.look(QUESTION).loggingIn()).stream()
                .allMatch(count -> count == 0);
    }

    /// Until all are paused, or one cannot be. True if this thread was interrupted meanwhile.
    private boolean await(List<Pause> pauses) {
        var failed = new CompletableFuture<Void>();
        var all = pauses.stream()
                .map(pause -> pause.send(deadline).whenComplete((answer, failure) -> {
                    if (failure != null || answer instanceof Answer.Refused) {
                        failed.complete(null);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.anyOf(failed, CompletableFuture.allOf(all))
                    .get(deadline.plus(SLACK).toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            return true;
        }
    }

    private ProblemException takenBack(List<Pause> pauses, boolean interrupted) {
        var why = interrupted ? problem.interrupted() : problem.of(pauses);
        var ours =
                pauses.stream().filter(pause -> pause.ended() != Ended.REFUSED).toList();
        try {
            var blockers = Together.map(ours, Pause::takeBack).stream()
                    .flatMap(List::stream)
                    .toList();
            return new ProblemException(ours.isEmpty() ? why : problem.servedAgain(why, blockers));
        } catch (ProblemException e) {
            var problems = new ArrayList<>(List.of(why));
            problems.addAll(e.problems());
            return new ProblemException(problems);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
