package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.demo.Writers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ctrl-C and its like while clients write: whenever it comes, nothing stays paused, there is one primary,
/// nothing is lost, and the exit code tells which state it is.
@Tag("loopback")
class SignalsTest {

    private static LoopbackBed bed;

    @TempDir
    private static Path state;

    @BeforeAll
    static void startBed() {
        bed = LoopbackBed.start(3);
    }

    @AfterAll
    static void stopBed() {
        bed.close();
    }

    /// While PAUSE itself waits, and between two attempts.
    @ParameterizedTest
    @ValueSource(strings = {"ok   Write down what it will need", "attempt 1: not paused within 500 ms"})
    void aPauseThatWaitsIsCancelledAtOnce(String seen) throws Exception {
        var before = bed.cluster().primary();
        var writers = Writers.start(bed.cluster(), 6, Duration.ofMillis(2));
        try (var open = bed.cluster().poolers().getFirst().connect()) {
            open.setAutoCommit(false);
            open.createStatement().execute("SELECT txid_current()");
            var operator = switchover("--drain", "60s");
            operator.says(seen);
            var asked = System.nanoTime();
            operator.signal("INT");
            operator.says("Ctrl-C: stopping; the step being made is cut short or ends");
            var exit = operator.exit();
            var seconds = Duration.ofNanos(System.nanoTime() - asked).toSeconds();
            open.rollback();

            assertEquals(5, exit, operator::err);
            assertTrue(seconds < 10, () -> "it took " + seconds + " s");
            assertTrue(operator.err().contains("error[interrupted]"), operator::err);
        }
        assertServed(writers, before);
    }

    @Test
    void aSecondOneSaysWhatIsOpenAndEndsNothing() throws Exception {
        var before = bed.cluster().primary();
        var writers = Writers.start(bed.cluster(), 6, Duration.ofMillis(2));
        var operator = switchover();
        operator.says("ok   Checkpoint now");
        operator.signal("INT");
        operator.signal("INT");
        operator.signal("TERM");
        var exit = operator.exit();

        assertTrue(operator.err().contains("Ctrl-C again: still at \""), operator::err);
        assertTrue(operator.err().contains("SIGTERM again: still at \""), operator::err);
        assertTruth(exit, operator, writers, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void beforeThePromotionAllIsTakenBack(String signal) throws Exception {
        var before = bed.cluster().primary();
        var writers = Writers.start(bed.cluster(), 6, Duration.ofMillis(2));
        var operator = switchover();
        operator.says("ok   Checkpoint now");
        operator.signal(signal);

        assertTruth(operator.exit(), operator, writers, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP"})
    void afterThePromotionClientsAreLetInFirst(String signal) throws Exception {
        var before = bed.cluster().primary();
        var writers = Writers.start(bed.cluster(), 6, Duration.ofMillis(2));
        var operator = switchover();
        operator.says("from here on nothing is taken back");
        operator.signal(signal);

        assertTruth(operator.exit(), operator, writers, before);
    }

    private static Operator switchover(String... more) {
        var words = new String[more.length + 2];
        words[0] = "switchover";
        words[1] = "--yes";
        System.arraycopy(more, 0, words, 2, more.length);
        return Operator.types(bed.cluster(), state, words);
    }

    private static void assertTruth(int exit, Operator operator, Writers writers, LoopbackNode before)
            throws Exception {
        switch (exit) {
            case 5 -> {
                assertTrue(operator.err().contains("error[interrupted]"), operator::err);
                assertServed(writers, before);
            }
            case 6 -> {
                var after = bed.cluster().primary();
                assertTrue(!after.name().equals(before.name()), operator::err);
                assertTrue(operator.err().contains("error[not-made]: step 10 was not made"), operator::err);
                assertTrue(!before.isRunning(), "the old primary runs");
                assertServed(writers, after);
                goOn(operator);
            }
            case 0, 7 -> assertServed(writers, bed.cluster().primary());
            default -> throw new AssertionError("exit " + exit + "\n" + operator.err());
        }
    }

    /// No other run may begin until this one is finished.
    private static void goOn(Operator operator) {
        var second = switchover();
        assertEquals(4, second.exit(), second::err);
        assertTrue(second.err().contains("error[unfinished-run]"), second::err);
        var resumed = Operator.types(bed.cluster(), state, "resume", "--yes", operator.run());
        assertEquals(0, resumed.exit(), resumed::err);
    }

    private static void assertServed(Writers writers, LoopbackNode primary) throws Exception {
        for (var pooler : bed.cluster().poolers()) {
            try (var client = pooler.connect()) {
                var statement = client.createStatement();
                statement.setQueryTimeout(5);
                statement.execute("CREATE TEMP TABLE served () ON COMMIT DROP");
            }
        }
        assertEquals(primary.name(), bed.cluster().primary().name());
        var report = writers.stop();
        assertEquals(
                "0 lost, 0 errors, ", report.lost() + " lost, " + report.errors() + " errors, " + report.firstError());
    }
}
