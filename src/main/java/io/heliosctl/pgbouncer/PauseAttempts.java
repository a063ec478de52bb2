package io.heliosctl.pgbouncer;

import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.Pause.Ended;
import io.heliosctl.remote.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/// PAUSE of all processes of several PgBouncers at once: all or none.
///
/// Global, never `PAUSE database`: with `min_pool_size` that one keeps opening and failing server logins, and
/// clients then stall for `server_login_retry`.
public final class PauseAttempts {

    private static final Duration QUESTION = Duration.ofSeconds(5);

    /// How much longer than PAUSE's own deadline is waited for its failure to be known.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final List<PoolerProcess> processes;
    private final Function<PoolerName, Optional<Permit>> permits;

    private PauseAttempts(List<PoolerProcess> processes, Function<PoolerName, Optional<Permit>> permits) {
        this.processes = List.copyOf(processes);
        this.permits = permits;
    }

    /// On all processes of these PgBouncers.
    ///
    /// @param permits what must still be so on a pooler's host when a PAUSE arrives there
    public static PauseAttempts on(List<PgbouncerServer> servers, Function<PoolerName, Optional<Permit>> permits) {
        return new PauseAttempts(
                servers.stream().flatMap(server -> server.processes().stream()).toList(), permits);
    }

    private List<Pause> pauses() {
        return processes.stream()
                .map(process -> new Pause(process, permits.apply(process.pooler())))
                .toList();
    }

    /// How one attempt ended, if nothing was wrong.
    public sealed interface Ending {

        /// Every process is paused.
        record Paused() implements Ending {}

        /// Not all were paused in time; none is paused any more.
        ///
        /// @param blockers what was waited for, as far as PgBouncer said
        record TimedOut(List<ServerInUse> blockers) implements Ending {
            public TimedOut {
                blockers = List.copyOf(blockers);
            }
        }
    }

    /// Sends PAUSE to all of them. Clients wait from this moment until it has ended, or until RESUME.
    ///
    /// Problems: `too-late`, `already-paused`, `console-refused`, `console-lost`, `interrupted`. In every case
    /// what was paused is resumed again, or `resume-unproved` is a further problem.
    ///
    /// @param deadline how long transactions may take to end
    /// @param logins how long server logins may take to end before PAUSE is sent
    /// @throws ProblemException if one of them could not be paused
    public Ending attempt(Duration deadline, Duration logins) {
        var pauses = pauses();
        Together.each(pauses, Pause::prepare);
        if (!logins.isZero()) {
            Asking.reached(logins, this::noneLogsIn);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ProblemException(PauseProblem.interrupted());
        }
        var interrupted = await(pauses, deadline);
        return pauses.stream().allMatch(pause -> pause.ended() == Ended.PAUSED)
                ? new Ending.Paused()
                : takenBack(pauses, interrupted);
    }

    /// Opens every console that an attempt needs, before any client waits.
    public void prepare() {
        Together.each(pauses(), Pause::prepare);
    }

    /// The server connections that clients hold now.
    public List<ServerInUse> inUse() {
        return Together.map(processes, process -> new InUse(process).now(QUESTION)).stream()
                .flatMap(List::stream)
                .toList();
    }

    /// True if no client waits for a server connection.
    public boolean nobodyWaits() {
        return Together.map(processes, process -> process.look(QUESTION).waiting()).stream()
                .allMatch(count -> count == 0);
    }

    private boolean noneLogsIn() {
        return Together.map(processes, process -> process.look(QUESTION).loggingIn()).stream()
                .allMatch(count -> count == 0);
    }

    /// Until all are paused, or one cannot be. True if this thread was interrupted meanwhile.
    private static boolean await(List<Pause> pauses, Duration deadline) {
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

    private static Ending takenBack(List<Pause> pauses, boolean interrupted) {
        var why = interrupted ? Optional.of(PauseProblem.interrupted()) : PauseProblem.of(pauses);
        var ours =
                pauses.stream().filter(pause -> pause.ended() != Ended.REFUSED).toList();
        try {
            var blockers = resumed(ours, why);
            if (why.isEmpty()) {
                return new Ending.TimedOut(blockers);
            }
            throw new ProblemException(ours.isEmpty() ? why.get() : PauseProblem.served(why.get()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<ServerInUse> resumed(List<Pause> pauses, Optional<Problem> why) {
        try {
            return Together.map(pauses, Pause::takeBack).stream()
                    .flatMap(List::stream)
                    .toList();
        } catch (ProblemException e) {
            throw new ProblemException(
                    Stream.concat(why.stream(), e.problems().stream()).toList());
        }
    }
}
