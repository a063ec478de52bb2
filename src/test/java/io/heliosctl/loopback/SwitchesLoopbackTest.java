package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Marionette;
import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.demo.LoopbackPooler;
import io.heliosctl.demo.Writers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// heliosctl is killed between PAUSE and promotion, and nobody comes back: the hosts themselves undo it.
@Tag("loopback")
class SwitchesLoopbackTest {

    private static final Duration BUDGET = Duration.ofSeconds(4);
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static LoopbackBed bed;
    private static String systemId;

    /// Who comes back, and who is about to be killed: started ahead, for a new process takes seconds to warm
    /// up.
    private static Marionette colleague;

    private static Marionette victim;

    @TempDir
    private static Path state;

    @BeforeAll
    static void startBed() throws SQLException {
        bed = LoopbackBed.start(3);
        systemId = bed.cluster()
                .primary()
                .sql("select system_identifier from pg_control_system()")
                .getFirst()
                .getFirst();
        colleague = Marionette.start(state);
        victim = Marionette.start(state);
    }

    @AfterAll
    static void stopBed() {
        victim.close();
        colleague.close();
        bed.close();
    }

    /// Types the runbook, and kills it once it says that it has come behind that step and no client is served.
    private static void kill(String behind, Writers writers, int pauseBudget, int stopBudget) throws IOException {
        try (var mine = victim) {
            victim = Marionette.start(state);
            mine.types(
                    bed.cluster().inventory(),
                    "run",
                    runbook(behind).toString(),
                    "--yes",
                    "--set",
                    "pause_budget=%ds".formatted(pauseBudget),
                    "--set",
                    "stop_budget=%ds".formatted(stopBudget));
            await(() -> mine.said().contains(before(behind)), Duration.ofSeconds(90));
            awaitSilence(writers);
        }
    }

    private static int types(String... words) {
        return colleague.calls(bed.cluster().inventory(), words);
    }

    /// A copy of the switchover with short budgets, which waits behind that step.
    private static Path runbook(String behind) throws IOException {
        var text = Files.readString(Path.of("runbooks/switchover.yaml"));
        var step = "\n    " + behind + ":";
        var next = text.indexOf("\n\n", text.indexOf(step));
        var wait = "\n\n  - name: Wait to be killed\n    wait: { for: 8s, timeout: 9s }";
        return Files.writeString(
                state.resolve(behind + ".yaml"), text.substring(0, next) + wait + text.substring(next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause_pool", "point_pool", "stop_postgres", "wait_for_wal"})
    void theOldPrimaryServesItsClientsAgain(String behind) throws Exception {
        var before = bed.cluster().primary();
        try (var writable = new Writable()) {
            var writers = Writers.start(bed.cluster(), 6, Duration.ofMillis(2));
            kill(behind, writers, 4, 2);
            var killed = System.nanoTime();

            awaitServed(killed);
            assertEquals(before.name(), bed.cluster().primary().name());
            var report = writers.stop();
            assertEquals(0, report.lost());
            assertTrue(
                    report.errors() == 0 || !report.firstError().contains("read-only"),
                    () -> report.errors() + " " + report.firstError());
            assertEquals(1, writable.most());
            assertEquals(0, types("status"), colleague::said);
        }
        assertMovesAgain();
    }

    @ParameterizedTest
    @CsvSource({
        "stop_postgres, resume, 20, false, 0",
        "stop_postgres, rollback, 20, false, 0",
        "pause_pool, resume, 20, false, 0",
        "pause_pool, rollback, 20, false, 0",
        // It stops for longer than it may once more, and is taken back.
        "stop_postgres, resume, 2, true, 5",
        "wait_for_wal, rollback, 2, true, 0"
    })
    void whoComesBackFindsWhatWasArmedOrHasFired(String behind, String word, int budget, boolean fired, int exit)
            throws Exception {
        var before = bed.cluster().primary();
        var writers = Writers.start(bed.cluster(), 6, Duration.ofMillis(2));
        kill(behind, writers, budget + 4, budget);
        if (fired) {
            await(
                    () -> files().size() == 3
                            && files().stream().allMatch(path -> path.toString().endsWith(".fired"))
                            && watchers().isEmpty(),
                    Duration.ofSeconds(30));
        }

        assertEquals(exit, types(word, "--yes"), colleague::said);

        for (var pooler : bed.cluster().poolers()) {
            await(() -> isServed(pooler), Duration.ofSeconds(5));
        }
        assertEquals(
                word.equals("rollback") || exit == 5,
                before.name().equals(bed.cluster().primary().name()));
        assertEquals(0, writers.stop().lost());
        await(() -> files().isEmpty() && watchers().isEmpty(), Duration.ofSeconds(10));
        bed.cluster().awaitStreaming(bed.cluster().primary());
    }

    private static String before(String behind) {
        return switch (behind) {
            case "pause_pool" -> "ok   Pause every pooler";
            case "point_pool" -> "ok   Render pgbouncer.ini";
            case "stop_postgres" -> "ok   Stop the old primary";
            default -> "ok   The candidate has every byte";
        };
    }

    @Test
    void nothingIsLeftOfThemAfterASwitchover() {
        assertEquals(0, types("switchover", "--yes"), colleague::said);
        await(() -> files().isEmpty() && watchers().isEmpty(), Duration.ofSeconds(5));
    }

    /// Nobody is served: every client waits.
    private static void awaitSilence(Writers writers) {
        var last = new long[] {-1};
        await(
                () -> {
                    var now = writers.acknowledged();
                    var same = now == last[0];
                    last[0] = now;
                    sleep(100);
                    return same;
                },
                Duration.ofSeconds(30));
    }

    /// A client of every pooler can write within the budget and two seconds.
    private static void awaitServed(long killed) {
        var limit = BUDGET.plus(SLACK);
        for (var pooler : bed.cluster().poolers()) {
            await(() -> isServed(pooler), Duration.ofSeconds(30));
        }
        var took = Duration.ofNanos(System.nanoTime() - killed);
        System.out.printf("served again %d ms after the kill%n", took.toMillis());
        assertTrue(took.compareTo(limit) < 0, () -> "it took " + took);
    }

    private static boolean isServed(LoopbackPooler pooler) {
        try (var client = pooler.connect()) {
            var statement = client.createStatement();
            statement.setQueryTimeout(30);
            statement.execute("CREATE TEMP TABLE served () ON COMMIT DROP");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /// The cluster is well: another run moves the primary, with the lock of the killed one broken.
    private static void assertMovesAgain() throws IOException {
        await(() -> watchers().isEmpty(), Duration.ofSeconds(10));
        var killed = lastRun();
        bed.cluster().awaitStreaming(bed.cluster().primary());
        assertEquals(0, types("switchover", "--yes", "--break-lock", killed), colleague::said);
        await(() -> files().isEmpty() && watchers().isEmpty(), Duration.ofSeconds(5));
    }

    private static String lastRun() throws IOException {
        try (var runs = Files.list(state.resolve("heliosctl/runs"))) {
            return runs.map(path -> path.getFileName().toString())
                    .max(String::compareTo)
                    .orElseThrow();
        }
    }

    private static List<Path> files() {
        var found = new ArrayList<Path>();
        for (var place : List.of("/run/lock", "/tmp")) {
            try (var paths = Files.newDirectoryStream(Path.of(place), "heliosctl-*.switch.*")) {
                paths.forEach(path -> {
                    if (path.getFileName().toString().contains(systemId)) {
                        found.add(path);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static List<Long> watchers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(words ->
                                words.length > 3 && words[2].equals("heliosctl-switch") && words[3].contains(systemId))
                        .isPresent())
                .map(ProcessHandle::pid)
                .toList();
    }

    private static void await(BooleanSupplier condition, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited for too long");
            sleep(20);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// How many servers accept writes, looked at all the time.
    private static final class Writable implements AutoCloseable {

        private final AtomicInteger most = new AtomicInteger();
        private final Thread thread = Thread.ofPlatform().start(this::look);
        private volatile boolean ended;

        int most() {
            return most.get();
        }

        private void look() {
            while (!ended) {
                var count = (int) bed.cluster().nodes().stream()
                        .filter(Writable::isWritable)
                        .count();
                most.accumulateAndGet(count, Math::max);
                SwitchesLoopbackTest.sleep(50);
            }
        }

        /// What does not run is not writable.
        private static boolean isWritable(LoopbackNode node) {
            try {
                return node.sql("select pg_is_in_recovery()")
                        .getFirst()
                        .getFirst()
                        .equals("f");
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void close() {
            ended = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
