package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Permit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// PAUSE and RESUME of real PgBouncers in front of a real PostgreSQL.
@Tag("loopback")
class PauseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static LoopbackPostgres postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = new LoopbackPostgres();
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void clientsWaitWhilePausedAndNoneSeesAnError() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server();
                var writers = new Writers(bouncer, 4)) {
            writers.awaitWrites(20);
            Pauses.pause(server, SECOND);
            var before = rows();
            assertTrue(bouncer.observe().isPaused());
            assertTrue(bouncer.observe().waiting() > 0);
            assertThrows(TimeoutException.class, () -> answerFrom(bouncer).get(200, TimeUnit.MILLISECONDS));
            assertEquals(before, rows());
            server.resume();
            assertFalse(bouncer.observe().isPaused());
            writers.awaitWrites(20);
            assertEquals(List.of(), writers.errors());
        }
    }

    /// psql asks its host, in the moment when it has read the command, whether the switch is still armed.
    @Test
    void aPauseThatComesLateIsNotSentOn() throws Exception {
        var lock = "heliosctl-late-" + ProcessHandle.current().pid();
        var armed = Path.of("/tmp", lock + ".switch.pgb1.run.armed.99.back");
        var later = Path.of("/tmp", lock + ".epoch.8");
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var writers = new Writers(bouncer, 4)) {
            var attempts = PauseAttempts.on(List.of(server), _ -> Optional.of(new Permit(lock, "pgb1.run", 7)));
            writers.awaitWrites(20);
            assertEquals(
                    "too-late",
                    problemOf(() -> attempts.attempt(SECOND, SECOND)).code());
            assertFalse(bouncer.observe().isPaused());

            postgres.remote().run(Command.exec(List.of("touch", armed.toString())));
            assertInstanceOf(PauseAttempts.Ending.Paused.class, attempts.attempt(SECOND, SECOND));
            assertTrue(bouncer.observe().isPaused());
            server.resume();

            Files.createFile(later);
            assertEquals(
                    "too-late",
                    problemOf(() -> attempts.attempt(SECOND, SECOND)).code());
            assertFalse(bouncer.observe().isPaused());
            writers.awaitWrites(20);
            assertEquals(List.of(), writers.errors());
        } finally {
            Files.deleteIfExists(armed);
            Files.deleteIfExists(later);
        }
    }

    @Test
    void aPauseThatTimesOutLetsClientsInAgainAndNamesWhatItWaitedFor() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server();
                var blocker = openTransaction(bouncer)) {
            var problem = problemOf(() -> Pauses.pause(server, Duration.ofMillis(300)));
            assertEquals("pause-timed-out", problem.code());
            assertEquals("[app app %d]".formatted(pid(blocker)), problem.detail());
            assertFalse(bouncer.observe().isPaused());
            assertEquals(1, answerFrom(bouncer).get(2, TimeUnit.SECONDS));
            blocker.commit();
            Pauses.pause(server, SECOND);
            assertTrue(bouncer.observe().isPaused());
            server.resume();
        }
    }

    @Test
    void howeverShortThePauseMayTakeAllProcessesEndUpAlike() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var writers = new Writers(bouncer, 8)) {
            writers.awaitWrites(20);
            for (var micros = 100; micros < 25_000; micros = micros * 3 / 2) {
                var paused = pauses(server, Duration.ofNanos(micros * 1000L));
                assertEquals(
                        List.of(paused, paused),
                        bouncer.observe().instances().stream()
                                .map(instance -> instance.paused())
                                .toList());
                server.resume();
                writers.awaitWrites(10);
            }
            assertEquals(List.of(), writers.errors());
        }
    }

    @Test
    void oneProcessThatCannotBePausedLeavesNonePaused() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var blocker = openTransaction(bouncer)) {
            assertEquals(
                    "pause-timed-out",
                    problemOf(() -> Pauses.pause(server, Duration.ofMillis(300)))
                            .code());
            assertEquals(
                    List.of(false, false),
                    bouncer.observe().instances().stream()
                            .map(instance -> instance.paused())
                            .toList());
            blocker.commit();
            Pauses.pause(server, SECOND);
            assertEquals(
                    List.of(true, true),
                    bouncer.observe().instances().stream()
                            .map(instance -> instance.paused())
                            .toList());
            server.resume();
            assertFalse(bouncer.observe().isPaused());
        }
    }

    @Test
    void whatSomebodyElsePausedStaysPausedAndTheOthersAreResumed() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var other = bouncer.server(
                        bouncer.pooler("heliosctl", bouncer.instances().subList(0, 1)))) {
            Pauses.pause(other, SECOND);
            var problem = problemOf(() -> Pauses.pause(server, SECOND));
            assertEquals("already-paused", problem.code());
            assertEquals("pooler pgb1 is already paused", problem.message());
            assertEquals(
                    List.of(true, false),
                    bouncer.observe().instances().stream()
                            .map(instance -> instance.paused())
                            .toList());
            server.resume();
            assertFalse(bouncer.observe().isPaused());
        }
    }

    @Test
    void aConsoleThatDiesInPauseLeavesNothingPaused() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server();
                var blocker = openTransaction(bouncer)) {
            var pause =
                    CompletableFuture.supplyAsync(() -> problemOf(() -> Pauses.pause(server, Duration.ofSeconds(20))));
            await(() -> bouncer.observe().isPaused());
            killConsoles(bouncer);
            assertEquals("console-lost", pause.get(10, TimeUnit.SECONDS).code());
            assertFalse(bouncer.observe().isPaused());
            assertEquals(1, answerFrom(bouncer).get(2, TimeUnit.SECONDS));
            blocker.commit();
        }
    }

    @Test
    void anInterruptedPauseIsTakenBack() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server();
                var blocker = openTransaction(bouncer)) {
            var outcome = new CompletableFuture<String>();
            var pausing = Thread.ofVirtual()
                    .start(() -> outcome.complete(problemOf(() -> Pauses.pause(server, Duration.ofSeconds(20)))
                                    .code()
                            + Thread.currentThread().isInterrupted()));
            await(() -> bouncer.observe().isPaused());
            pausing.interrupt();
            assertEquals("interruptedtrue", outcome.get(10, TimeUnit.SECONDS));
            assertFalse(bouncer.observe().isPaused());
            blocker.commit();
        }
    }

    @Test
    void noPsqlIsLeftOnTheHostAfterATimeOut() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var blocker = openTransaction(bouncer)) {
            try (var server = bouncer.server()) {
                problemOf(() -> Pauses.pause(server, Duration.ofMillis(200)));
            }
            await(() -> consoles(bouncer).isEmpty());
            blocker.commit();
        }
    }

    @Test
    void aKilledDatabaseStaysPausedUntilItIsResumed() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server();
                var client = openTransaction(bouncer)) {
            server.kill("app");
            assertTrue(bouncer.observe().isPaused());
            assertThrows(SQLException.class, () -> client.createStatement().execute("select 1"));
            server.resume();
            assertFalse(bouncer.observe().isPaused());
            assertEquals(1, answerFrom(bouncer).get(2, TimeUnit.SECONDS));
        }
    }

    @Test
    void allKilledDatabasesAreServedAgainAfterResume() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var client = openTransaction(bouncer)) {
            server.kill(Optional.empty());
            assertThrows(SQLException.class, () -> client.createStatement().execute("select 1"));
            assertTrue(bouncer.observe().instances().stream().allMatch(instance -> instance.paused()));
            server.resume();
            assertFalse(bouncer.observe().isPaused());
            assertEquals(1, answerFrom(bouncer).get(2, TimeUnit.SECONDS));
        }
    }

    @Test
    void whatHangsIsDroppedAndEverybodyElseWaits() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server();
                var idle = bouncer.connect("app");
                var hanging = openTransaction(bouncer)) {
            assertEquals(1, number(idle));
            server.kill(Optional.empty());
            assertTrue(bouncer.observe().isPaused());
            assertThrows(SQLException.class, () -> hanging.createStatement().execute("select 1"));
            var waiting = answerFrom(bouncer);
            assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
            assertEquals("0", bouncer.observe().instances().getFirst().config().get("query_timeout"));
            server.resume();
            assertEquals(1, waiting.get(2, TimeUnit.SECONDS));
            assertEquals(1, number(idle));
        }
    }

    private static int number(Connection connection) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void resumeOfWhatIsNotPausedIsNothingToDo() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            server.resume();
            assertFalse(bouncer.observe().isPaused());
        }
    }

    @Test
    void theReadProbeTellsAPausedPoolFromAServedOne() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            server.readProbe(SECOND);
            Pauses.pause(server, SECOND);
            assertEquals(
                    "probe-timed-out", problemOf(() -> server.readProbe(SECOND)).code());
            server.resume();
            server.readProbe(SECOND);
        }
    }

    private static boolean pauses(PgbouncerServer server, Duration deadline) {
        try {
            Pauses.pause(server, deadline);
            return true;
        } catch (ProblemException e) {
            assertEquals("pause-timed-out", e.problems().getFirst().code());
            assertEquals(1, e.problems().size());
            return false;
        }
    }

    private static Connection openTransaction(LoopbackPgbouncer bouncer) throws SQLException {
        var connection = bouncer.connect("app");
        connection.setAutoCommit(false);
        connection.createStatement().execute("insert into written default values");
        return connection;
    }

    /// The rows that the server has, whatever its clients know of them.
    private static long rows() throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/postgres?user=app".formatted(postgres.port());
        try (var connection = DriverManager.getConnection(url);
                var rows = connection.createStatement().executeQuery("select count(*) from written")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static int pid(Connection connection) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// A new client's answer from the pool.
    private static CompletableFuture<Integer> answerFrom(LoopbackPgbouncer bouncer) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var connection = bouncer.connect("app");
                            var rows = connection.createStatement().executeQuery("select 1")) {
                        rows.next();
                        return rows.getInt(1);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Together.THREADS);
    }

    private static Problem problemOf(Runnable task) {
        return assertThrows(ProblemException.class, task::run).problems().getFirst();
    }

    private static void await(BooleanSupplier question) {
        assertTrue(Asking.reached(Duration.ofSeconds(10), question));
    }

    /// The process IDs of every psql at the consoles of this PgBouncer.
    private static String consoles(LoopbackPgbouncer bouncer) {
        return LoopbackPostgres.run(
                postgres.remote(), Command.script("""
                        for process in /proc/[0-9]*; do
                          if [ "$(cat "$process/comm" 2>/dev/null)" = psql ]; then
                            tr '\\0' ' ' < "$process/cmdline" | grep -q -- "-h $1 " && echo "${process#/proc/}"
                          fi
                        done
                        :
                        """, bouncer.instance().socketDir()));
    }

    private static void killConsoles(LoopbackPgbouncer bouncer) {
        consoles(bouncer)
                .lines()
                .forEach(pid -> LoopbackPostgres.run(postgres.remote(), Command.script("kill -KILL \"$1\"", pid)));
    }
}
