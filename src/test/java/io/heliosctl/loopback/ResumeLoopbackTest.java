package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.demo.Writers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A switchover killed by SIGKILL under load, and gone on with: nothing is lost, and whoever types a command
/// again changes nothing.
@Tag("loopback")
class ResumeLoopbackTest {

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok   Checkpoint now",
                "ok   Write down what it will need",
                "ok   Pause every pooler",
                "ok   Render pgbouncer.ini",
                "ok   Stop the old primary",
                "from here on nothing is taken back",
                "ok   Promote",
                "ok   Let the clients in",
            })
    void isFinished(String place) throws Exception {
        var before = bed.cluster().primary();
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(5));
        var run = killed(place);
        assertRefused("switchover", run);

        var resumed = types("resume", "--yes");

        assertEquals(0, resumed.exit(), resumed::err);
        assertTrue(resumed.out().contains("Run: " + run), resumed::out);
        assertTrue(!bed.cluster().primary().name().equals(before.name()));
        assertNothingToDo("resume", run);
        var refused = types("rollback", "--yes", run);
        assertEquals(4, refused.exit(), refused::err);
        assertTrue(refused.err().contains("error[past-no-return]"), refused::err);
        assertServed(writers, bed.cluster().primary());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok   Write down what it will need",
                "ok   Pause every pooler",
                "ok   Render pgbouncer.ini",
                "ok   Stop the old primary",
                "from here on nothing is taken back",
            })
    void isTakenBackUntilThereIsANewPrimary(String place) throws Exception {
        var before = bed.cluster().primary();
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(5));
        var run = killed(place);

        var back = types("rollback", "--yes", run.substring(0, run.length() - 2));

        if (back.exit() == 4) {
            assertTrue(back.err().contains("error[past-no-return]"), back::err);
            var resumed = types("resume", "--yes");
            assertEquals(0, resumed.exit(), resumed::err);
            assertServed(writers, bed.cluster().primary());
            return;
        }
        assertEquals(0, back.exit(), back::err);
        assertEquals(before.name(), bed.cluster().primary().name());
        assertNothingToDo("rollback", run);
        assertNothingToDo("resume", run);
        assertServed(writers, before);
    }

    /// An open transaction holds the pause; so it is surely the step in doubt.
    @Test
    void aPauseInDoubtIsMadeAnew() throws Exception {
        var before = bed.cluster().primary();
        String run;
        try (var open = bed.cluster().poolers().getFirst().connect()) {
            open.setAutoCommit(false);
            open.createStatement().execute("SELECT txid_current()");
            var operator = types("switchover", "--yes", "--drain", "60s");
            operator.says("ok   Write down what it will need");
            operator.signal("KILL");
            operator.exit();
            run = newestRun();
            var looked = types("resume", "--dry-run");
            assertEquals(0, looked.exit(), looked::err);
            assertTrue(looked.out().contains("Run " + run), looked::out);
            open.rollback();
        }
        var resumed = types("resume", "--yes", "-o", "json");

        assertEquals(0, resumed.exit(), resumed::err);
        assertTrue(resumed.out().contains("\"outcome\" : \"succeeded\""), resumed::out);
        assertTrue(!bed.cluster().primary().name().equals(before.name()));
    }

    private static String killed(String place) throws Exception {
        var operator = types("switchover", "--yes");
        operator.says(place);
        operator.signal("KILL");
        assertEquals(137, operator.exit(), operator::err);
        return newestRun();
    }

    private static String newestRun() throws Exception {
        try (var runs = Files.list(state.resolve("heliosctl/runs"))) {
            return runs.map(path -> path.getFileName().toString())
                    .sorted()
                    .reduce((first, last) -> last)
                    .orElseThrow();
        }
    }

    private static void assertRefused(String command, String run) {
        var refused = types(command, "--yes");
        assertEquals(4, refused.exit(), refused::err);
        assertTrue(refused.err().contains("error[unfinished-run]"), refused::err);
        assertTrue(refused.err().contains("heliosctl resume " + run), refused::err);
    }

    private static void assertNothingToDo(String command, String run) {
        var again = types(command, "--yes", run);
        assertEquals(0, again.exit(), again::err);
        assertTrue(again.out().contains("nothing to " + command), again::out);
        var nobody = types(command, "--yes");
        assertEquals(0, nobody.exit(), nobody::err);
        assertTrue(nobody.out().contains("No run is unfinished"), nobody::out);
    }

    private static Operator types(String... words) {
        return Operator.types(bed.cluster(), state, words);
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
        assertEquals(0, writers.stop().lost());
    }
}
