package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.LoopbackPooler;
import io.heliosctl.demo.Writers;
import io.heliosctl.model.PoolerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two operators on two machines and one cluster with clients.
@Tag("loopback")
class TwoOperatorsTest {

    private static final Pattern RUN = Pattern.compile("Run (\\S+) (?:\\(switchover\\) )?by");

    private static LoopbackBed bed;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void startBed() {
        bed = LoopbackBed.start(3);
    }

    @AfterAll
    static void stopBed() {
        bed.close();
    }

    @Test
    void neverMoveThePrimaryBothAtOnce() throws Exception {
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(5));
        for (int pair = 0; pair < 5; pair++) {
            var to = bed.cluster().nodes().stream()
                    .map(node -> node.name())
                    .filter(name -> !name.equals(bed.cluster().primary().name()))
                    .findFirst()
                    .orElseThrow();
            var first = types("alice", "switchover", "--yes", "--to", to);
            Thread.sleep(ThreadLocalRandom.current().nextInt(600));
            var second = types("bob", "switchover", "--yes", "--to", to);
            var exits = List.of(first.exit(), second.exit()).stream().sorted().toList();

            if (exits.equals(List.of(0, 0))) {
                var said = List.of(first.out(), second.out());
                assertEquals(
                        1,
                        said.stream()
                                .filter(out -> out.contains("nothing to do."))
                                .count(),
                        said::toString);
            } else {
                assertEquals(List.of(0, 4), exits, () -> first.err() + second.err());
                var refused = first.exit() == 4 ? first : second;
                assertTrue(
                        Pattern.compile("error\\[(locked|stale-plan|not-a-standby)\\]")
                                .matcher(refused.err())
                                .find(),
                        refused::err);
            }
            assertEquals(to, bed.cluster().primary().name());
        }
        assertNothingLost(writers);
    }

    @Test
    void theLockOfAKilledRunIsBrokenByItsName() throws Exception {
        try (var open = openTransaction()) {
            var killed = types("alice", "switchover", "--yes", "--drain", "60s");
            killed.says("ok   Write down what it will need");
            killed.signal("KILL");
            killed.exit();
            open.rollback();
        }
        resume();
        var second = types("alice", "switchover", "--yes");
        assertEquals(4, second.exit(), second::err);
        assertTrue(second.err().contains("error[unfinished-run]"), second::err);
        var run = run(second);
        assertTrue(second.err().contains("heliosctl resume " + run), second::err);
        assertTrue(second.err().contains("--break-lock " + run), second::err);
        var elsewhere = types("bob", "switchover", "--yes");
        assertEquals(4, elsewhere.exit(), elsewhere::err);
        assertTrue(elsewhere.err().contains("error[locked]"), elsewhere::err);
        assertTrue(elsewhere.err().contains("It is left over: that process is gone."), elsewhere::err);

        var third = types("alice", "switchover", "--yes", "--break-lock", run);
        assertEquals(0, third.exit(), third::err);
        var journal =
                directory.resolve("alice/heliosctl/runs").resolve(third.run()).resolve("journal.jsonl");
        assertTrue(Files.readString(journal).contains("\"broke_lock_of\":\"" + run + "\""));
        var given = types("alice", "resume", "--yes", run);
        assertEquals(4, given.exit(), given::err);
        assertTrue(given.err().contains("error[abandoned]"), given::err);
    }

    @Test
    void aRunThatWakesUpAfterAnotherOneChangesNothing() throws Exception {
        var writers = Writers.start(bed.cluster(), 4, Duration.ofMillis(5));
        Operator asleep;
        try (var open = openTransaction()) {
            asleep = types("alice", "switchover", "--yes", "--drain", "60s");
            asleep.says("ok   Write down what it will need");
            asleep.signal("STOP");
            open.rollback();
        }
        resume();
        var refused = types("bob", "switchover", "--yes");
        assertEquals(4, refused.exit(), refused::err);
        var second = types("bob", "switchover", "--yes", "--break-lock", run(refused));
        assertEquals(0, second.exit(), second::err);
        var primary = bed.cluster().primary().name();

        asleep.signal("CONT");

        assertEquals(6, asleep.exit(), asleep::err);
        assertTrue(asleep.err().contains("error[stale-epoch]"), asleep::err);
        assertEquals(primary, bed.cluster().primary().name());
        assertNothingLost(writers);
    }

    private static Operator types(String who, String... words) {
        return Operator.types(bed.cluster(), directory.resolve(who), words);
    }

    private static Connection openTransaction() throws Exception {
        var open = bed.cluster().poolers().getFirst().connect();
        open.setAutoCommit(false);
        open.createStatement().execute("SELECT txid_current()");
        return open;
    }

    /// By hand what nobody has done for the clients of a run that is gone.
    private static void resume() {
        try (var cluster = Connected.to(bed.cluster())) {
            bed.cluster().poolers().stream()
                    .map(LoopbackPooler::name)
                    .forEach(name -> cluster.resume(new PoolerName(name)));
        }
    }

    private static String run(Operator refused) {
        var matcher = RUN.matcher(refused.err());
        assertTrue(matcher.find(), refused::err);
        return matcher.group(1);
    }

    private static void assertNothingLost(Writers writers) throws Exception {
        var report = writers.stop();
        assertEquals(
                "0 lost, 0 errors, ", report.lost() + " lost, " + report.errors() + " errors, " + report.firstError());
    }
}
