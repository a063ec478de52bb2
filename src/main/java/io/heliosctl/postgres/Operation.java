package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Privilege;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/// Starts and stops the server, by its systemd unit or by pg_ctl.
final class Operation {

    private static final Duration SEND = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(500);

    /// A server that starts has better things to do than to refuse connections.
    private static final Duration WHILE_STARTING = Duration.ofMillis(50);

    private final Node node;
    private final Host host;
    private final Programs programs;
    private final StopWatch stopWatch;
    private final Sql sql;
    private volatile CompletableFuture<Void> starting = CompletableFuture.completedFuture(null);

    Operation(Node node, Host host, Programs programs, StopWatch stopWatch, Sql sql) {
        this.node = node;
        this.host = host;
        this.programs = programs;
        this.stopWatch = stopWatch;
        this.sql = sql;
    }

    /// Sends the request and does not wait. A server that has ended meanwhile, by an earlier request, needs
    /// none.
    void requestStop(StopMode mode) {
        requestStop(mode, Optional.empty());
    }

    void requestStop(StopMode mode, Optional<Permit> permit) {
        awaitStarted();
        try {
            toStop(mode).forEach(command -> host.change(command, SEND, permit));
        } catch (ProblemException e) {
            if (mayRun()) {
                throw e;
            }
        }
    }

    /// Not knowing counts as running: what went wrong first is what is told.
    private boolean mayRun() {
        try {
            return stopWatch.isRunning();
        } catch (ProblemException e) {
            return true;
        }
    }

    /// A unit that would be started again after a stop by pg_ctl is stopped by systemd itself.
    List<Privilege> toStop(StopMode mode) {
        var byService =
                service().filter(ServiceFacts::restartsAfterStop).flatMap(_ -> programs.stopServiceWithoutWaiting());
        var byProgram = byService.isEmpty() || mode == StopMode.IMMEDIATE
                ? Optional.of(programs.stop(mode))
                : Optional.<Privilege>empty();
        return Stream.of(byService, byProgram).flatMap(Optional::stream).toList();
    }

    void mask() {
        programs.mask().ifPresent(mask -> host.change(mask, SEND));
    }

    void unmask() {
        programs.unmask().ifPresent(unmask -> host.change(unmask, SEND));
    }

    void awaitExit(Duration limit) {
        var deadline = Deadline.in(limit);
        stopWatch.awaitExit(limit);
        sql.disconnect();
        toSettle().forEach(stop -> host.change(stop, deadline.left().plusSeconds(1)));
    }

    /// A unit may still be "active" after its server has ended, and a start of it would do nothing.
    List<Privilege> toSettle() {
        return programs.service("stop").stream().toList();
    }

    /// Starts the server. One that is still on its way down is waited for; one that is on its way up needs no
    /// start.
    void start(Duration limit) {
        var deadline = Deadline.in(limit);
        awaitStarted();
        if (!answersOrEnds(deadline)) {
            makeUnitAgree(deadline);
            run(toStart(), Optional.empty(), deadline.left());
        }
    }

    /// Waits for the command that has started it: until then systemd would have two things to do at a time.
    void awaitStarted() {
        try {
            starting.join();
        } catch (CompletionException e) {
            // It answered all the same; or that it did not has been said.
            starting = CompletableFuture.completedFuture(null);
        }
    }

    Privilege toStart() {
        return programs.start();
    }

    /// True once it answers SQL, false once there is no postmaster.
    private boolean answersOrEnds(Deadline deadline) {
        while (stopWatch.isRunning()) {
            if (refusal(deadline, Optional.empty()).isEmpty()) {
                return true;
            }
            if (deadline.endsWaiting()) {
                throw failed("Its postmaster runs, but does not answer SQL.");
            }
            Deadline.pause(PAUSE);
        }
        return false;
    }

    /// A unit may still be "active" just after its server ended; starting it would do nothing.
    private void makeUnitAgree(Deadline deadline) {
        if (service().filter(ServiceFacts::isActive).isPresent()) {
            host.change(programs.service("stop").orElseThrow(), deadline.left());
        }
    }

    void restart(Duration limit) {
        var deadline = Deadline.in(limit);
        awaitStarted();
        var byService = programs.service("restart");
        if (byService.isPresent()) {
            run(byService.get(), startTime(deadline), deadline.left());
            return;
        }
        requestStop(StopMode.FAST);
        awaitExit(limit);
        start(deadline.left());
    }

    /// By the unit, or by stopping and starting.
    List<Privilege> toRestart() {
        return programs.service("restart")
                .map(List::of)
                .orElseGet(() -> Stream.concat(toStop(StopMode.FAST).stream(), Stream.of(toStart()))
                        .toList());
    }

    Optional<ServiceFacts> service() {
        return programs.showService().map(words -> {
            var exited = host.look(words, SEND);
            if (!exited.ok()) {
                throw host.refused(words, exited);
            }
            return ServiceFacts.parse(exited.text());
        });
    }

    /// Sends the command and waits until the server answers, which may be long before the command ends: Debian's
    /// pg_ctlcluster looks for two seconds whether it stays.
    ///
    /// @param before when the server was started that is to be replaced
    private void run(Privilege command, Optional<String> before, Duration limit) {
        var deadline = Deadline.in(limit);
        sql.disconnect();
        var sent = CompletableFuture.runAsync(
                () -> host.change(command, limit), task -> Thread.ofVirtual().start(task));
        starting = sent;
        awaitSql(sent, before, deadline, limit);
    }

    private void awaitSql(CompletableFuture<Void> sent, Optional<String> before, Deadline deadline, Duration limit) {
        var looked = System.nanoTime();
        while (true) {
            var hasEnded = hasEnded(sent);
            var refusal = refusal(deadline, before);
            if (refusal.isEmpty()) {
                return;
            }
            if (deadline.endsWaiting()) {
                throw failed(
                        "It did not accept connections within %s: %s.".formatted(Amounts.time(limit), refusal.get()));
            }
            if (hasEnded && System.nanoTime() - looked > LOOK.toNanos()) {
                looked = System.nanoTime();
                if (!stopWatch.isRunning()) {
                    throw failed("It ended again.");
                }
            }
            Deadline.pause(hasEnded ? PAUSE : WHILE_STARTING);
        }
    }

    /// @throws ProblemException if the command was refused
    private boolean hasEnded(CompletableFuture<Void> sent) {
        if (!sent.isDone()) {
            return false;
        }
        try {
            sent.join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw failed(problem.problems().getFirst().detail());
            }
            throw e;
        }
    }

    /// Why it does not answer SQL; empty if it does.
    ///
    /// @param before when a server was started that does not count
    private Optional<String> refusal(Deadline deadline, Optional<String> before) {
        try {
            var since = sql.read(deadline.left(), Operation::startTime);
            return before.filter(since::equals).map(_ -> "it has not been stopped yet");
        } catch (ProblemException e) {
            return Optional.of(e.problems().getFirst().message());
        }
    }

    private Optional<String> startTime(Deadline deadline) {
        try {
            return Optional.of(sql.read(deadline.left(), Operation::startTime));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static String startTime(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_postmaster_start_time()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    private ProblemException failed(String detail) {
        var log = log().strip();
        return new ProblemException(Problem.error("start-failed", "%s did not start".formatted(node.name()))
                .detail(log.isEmpty() ? detail : detail.strip() + "\n" + log)
                .hint("Mend that, then start it on %s: %s"
                        .formatted(
                                node.name(), String.join(" ", programs.start().words()))));
    }

    /// The last lines of the server's log; empty if they cannot be read, which must not hide the failure
    /// itself.
    private String log() {
        try {
            var journal = programs.journal();
            var exited = journal.isPresent() ? host.look(journal.get(), SEND) : host.look(programs.log(), SEND);
            return exited.ok() ? exited.text() : "";
        } catch (ProblemException _) {
            return "";
        }
    }
}
