package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.LiveCluster;
import io.heliosctl.control.PauseLimits;
import io.heliosctl.demo.Writers;
import io.heliosctl.hosts.Tool;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real poolers paused as one while transactions are open: whatever is open, no client waits longer than an
/// attempt.
@Tag("loopback")
class PauseLoopbackTest {

    private static final List<PoolerName> BOTH = List.of(new PoolerName("pgb1"), new PoolerName("pgb2"));
    private static final Duration ATTEMPT = Duration.ofMillis(300);

    /// How long a transaction stays open, and no client may wait: with much room for a slow machine.
    private static final Duration LONG = Duration.ofSeconds(4);

    @TempDir
    static Path state;

    private static LoopbackBed bed;
    private LiveCluster cluster;
    private final List<String> news = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        bed = LoopbackBed.start(2);
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @BeforeEach
    void connect() {
        cluster = Connected.to(bed.cluster());
        cluster.tell(news::add);
    }

    /// Whatever a test left behind must not hold up the next one.
    @AfterEach
    void disconnect() {
        BOTH.forEach(cluster::resume);
        cluster.close();
    }

    @Test
    void aTransactionThatEndsIsWaitedForWithTheOtherClientsServed() throws Exception {
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(2));
        try (var open = openTransaction()) {
            var ending = CompletableFuture.runAsync(
                    () -> rollback(open), CompletableFuture.delayedExecutor(LONG.toMillis(), TimeUnit.MILLISECONDS));
            var remark = cluster.pause(BOTH, new PauseLimits(ATTEMPT, Duration.ofSeconds(60), false));
            assertTrue(ending.isDone());
            assertTrue(remark.matches("at attempt [2-9]"), remark);
            assertTrue(BOTH.stream().allMatch(cluster::isPaused));
        }
        BOTH.forEach(cluster::resume);
        assertNobodyWaitedLong(writers);
        assertTrue(
                news.getFirst()
                        .startsWith("attempt 1: not paused within 300 ms, clients are served again; in the way: pid "),
                news::toString);
    }

    @Test
    void oneThatDoesNotEndIsNamedAndNoPoolerStaysPausedForIt() throws Exception {
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(2));
        try (var open = openTransaction()) {
            var problem = problemOf(() -> cluster.pause(BOTH, new PauseLimits(ATTEMPT, LONG, false)));
            assertEquals("pause-timed-out: pgb1, pgb2 could not be paused within 4.0 s", text(problem));
            assertTrue(
                    problem.detail()
                            .matches(
                                    "(?s).*It waited for: pid %d on pgdb., user app, database app, [^;]* from 127\\.0\\.0\\.1[^;]* through pgb1, "
                                                    .formatted(pid(open))
                                            + "idle in transaction, its transaction open for [^;]*, its last query sent [^;]* ago\\."),
                    problem::detail);
            assertFalse(BOTH.stream().anyMatch(cluster::isPaused));
            open.rollback();
        }
        assertNobodyWaitedLong(writers);
    }

    @Test
    void onlyTheSessionsThatWereNamedAreEnded() throws Exception {
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(2));
        try (var bystander = bed.cluster().primary().connect("app");
                var open = openTransaction()) {
            bystander.setAutoCommit(false);
            bystander.createStatement().execute("SELECT txid_current()");
            var pid = pid(open);
            var remark = cluster.pause(BOTH, new PauseLimits(ATTEMPT, Duration.ofSeconds(1), true));
            assertTrue(remark.matches("at attempt [2-9], after ending pid %d of app".formatted(pid)), remark);
            assertEquals(
                    List.of(true),
                    news.stream()
                            .filter(text -> text.startsWith("ending "))
                            .map(text -> text.startsWith("ending pid %d on pgdb".formatted(pid)))
                            .toList());
            assertThrows(SQLException.class, () -> open.createStatement().execute("SELECT 1"));
            bystander.createStatement().execute("SELECT 1");
            bystander.rollback();
        }
        BOTH.forEach(cluster::resume);
        assertNobodyWaitedLong(writers);
    }

    @Test
    void anInterruptedWaitLeavesNothingPaused() throws Exception {
        try (var open = openTransaction()) {
            cluster.tell(text -> Thread.currentThread().interrupt());
            var outcome = CompletableFuture.supplyAsync(
                    () -> text(problemOf(
                            () -> cluster.pause(BOTH, new PauseLimits(ATTEMPT, Duration.ofSeconds(60), false)))),
                    task -> Thread.ofVirtual().start(task));
            assertEquals("interrupted: pausing was interrupted", outcome.get(20, TimeUnit.SECONDS));
            assertFalse(BOTH.stream().anyMatch(cluster::isPaused));
            assertEquals(1, cluster.observe().primaries().size());
            open.rollback();
        }
    }

    @Test
    void aSwitchoverTellsWhatItWaitsForAndKeepsWhatItEndedInTheJournal() throws Exception {
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(2));
        var tool = new Tool(bed.cluster().inventory(), state);
        try (var open = openTransaction()) {
            var pid = pid(open);
            var ran = tool.run("switchover", "--yes", "--drain", "3s", "--terminate-blockers")
                    .exits(0);
            assertTrue(
                    ran.err()
                            .contains("attempt 1: not paused within 500 ms, clients are served again; in the way: pid "
                                    + pid),
                    ran::err);
            assertTrue(ran.err().contains("ending pid %d on pgdb".formatted(pid)), ran::err);
            assertTrue(
                    journal().contains("\"text\":\"ending pid %d on pgdb".formatted(pid)), PauseLoopbackTest::journal);
            assertTrue(journal().contains("\"terminate_blockers\":\"true\""), PauseLoopbackTest::journal);
        }
        assertNobodyWaitedLong(writers);
    }

    private static String journal() {
        try (var files = Files.walk(state)) {
            return Files.readString(files.filter(file -> file.endsWith("journal.jsonl"))
                    .findFirst()
                    .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertNobodyWaitedLong(Writers writers) throws SQLException {
        var report = writers.stop();
        assertEquals(
                "0 lost, 0 errors, ", report.lost() + " lost, " + report.errors() + " errors, " + report.firstError());
        assertTrue(
                report.longestWait().compareTo(LONG.dividedBy(4).multipliedBy(3)) < 0,
                () -> "one waited " + report.longestWait());
    }

    private static Connection openTransaction() throws SQLException {
        var connection = bed.cluster().poolers().getFirst().connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("SELECT txid_current()");
        return connection;
    }

    private static int pid(Connection connection) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Problem problemOf(Runnable task) {
        return assertThrows(ProblemException.class, task::run).problems().getFirst();
    }

    private static String text(Problem problem) {
        return problem.code() + ": " + problem.message();
    }
}
