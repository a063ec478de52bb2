package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.Halt;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.Marionette;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.cli.Puppet.Place;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Something happens while a failover stands at a known step.
@OnHosts
class CutFailoversHostsTest {

    private static final int FENCE = 2;
    private static final int PROMOTE = 6;

    /// What the candidate answers until it is asked to promote itself takes some thousands of bytes.
    private static final int ANSWERS = Integer.getInteger("failover.bytes", 6000);

    private final HostsBed bed;

    CutFailoversHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// A failover that stands still there, after pgdb1's server was killed.
    private Marionette standsAt(Drill drill, int step, Place place, String... words) {
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        return stands(drill, step, place, "--rather-than-start", words);
    }

    private Marionette stands(Drill drill, int step, Place place, String first, String... words) {
        var operator = Marionette.start(drill.tool().state());
        operator.stopAt(new Halt(step, place));
        var all = new java.util.ArrayList<>(java.util.List.of("failover", "--yes", "--to", "pgdb2", first));
        all.addAll(Arrays.asList(words));
        operator.types(bed.inventory(), all.toArray(String[]::new));
        operator.awaitHere().ifPresent(exit -> {
            throw new AssertionError("it never came to step " + step + ": exit " + exit + operator.said());
        });
        return operator;
    }

    private static void assertExit(int expected, int exit, Marionette operator) {
        System.out.println(operator.said());
        assertEquals(expected, exit, operator::said);
    }

    /// N6: nothing is promoted; what was done is taken back, and another failover is up to a person.
    @Test
    void n6TheCandidateIsLostBeforeThePromotion(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state);
                var operator = standsAt(drill, PROMOTE, Place.BEFORE_BEGIN)) {
            bed.host("pgdb2").powerOff();
            operator.letGo();
            assertExit(5, operator.awaitExit(), operator);
            assertTrue(bed.node("pgdb3").inRecovery());
            drill.failover("--to", "pgdb3", "--rather-than-start", "--lose-up-to", "16MB")
                    .exits(7);
            drill.served();
            drill.end("pgdb1", "pgdb3");
        }
    }

    /// R1: the candidate falls silent while it is promoted. Either the promotion was not sent, and all is taken back;
    /// or nobody knows, and `resume` finds out.
    @Test
    void r1TheCandidateFallsSilentWhileItIsPromoted(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state);
                var operator = standsAt(drill, PROMOTE, Place.AFTER_BEGIN)) {
            int exit;
            try (var _ = Faults.speechless(bed.host("pgdb2"), ANSWERS)) {
                operator.letGo();
                exit = operator.awaitExit();
            }
            if (exit == 5) {
                assertTrue(bed.node("pgdb2").inRecovery(), operator::said);
                drill.end("pgdb1");
                return;
            }
            assertExit(6, exit, operator);
            assertExit(7, operator.calls(bed.inventory(), "resume", "--yes"), operator);
            drill.served();
            drill.end("pgdb1", "pgdb2");
            Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
        }
    }

    /// R4: the new primary crashes right after its promotion. Nobody else is promoted, and the old one stays
    /// down.
    @Test
    void r4TheNewPrimaryCrashes(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state);
                var operator = standsAt(drill, PROMOTE, Place.AFTER_END)) {
            Faults.killed(bed.host("pgdb2"), BedNode.UNIT);
            operator.letGo();
            assertExit(6, operator.awaitExit(), operator);
            assertTrue(bed.node("pgdb3").inRecovery());
            assertFalse(bed.host("pgdb1")
                    .run("pgrep -u postgres -f 'bin/postgres -D'")
                    .ok());
            bed.host("pgdb2").succeed("systemctl start \"$1\"", BedNode.UNIT);
            assertExit(7, operator.calls(bed.inventory(), "resume", "--yes"), operator);
            drill.served();
            drill.end("pgdb1", "pgdb2");
            Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
        }
    }

    /// G11: somebody else promotes another standby meanwhile.
    @Test
    void g11SomebodyElsePromotesMeanwhile(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state);
                var operator = standsAt(drill, PROMOTE, Place.BEFORE_BEGIN)) {
            assertEquals("t", bed.node("pgdb3").ask("SELECT pg_promote()"));
            operator.letGo();
            assertExit(5, operator.awaitExit(), operator);
            assertTrue(bed.node("pgdb2").inRecovery());
            drill.end("pgdb1", "pgdb3");
        }
    }

    /// It did not answer, and is awake again when it is fenced: clients write there until it is told to stop,
    /// and a backend that still stands lets it end only by an immediate stop.
    @Test
    void d10ItAwakesAndEndsOnlyByAnImmediateStop(@TempDir Path state) throws SQLException {
        var pgdb1 = bed.host("pgdb1");
        try (var drill = Drill.begin(bed, state);
                var client = bed.node("pgdb1").connect("app");
                var statement = client.createStatement();
                var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            var backend = rows.getString(1);
            var frozen = Faults.frozen(pgdb1, "postgres", "^postgres:|bin/postgres -D");
            try (var operator = stands(drill, FENCE, Place.AFTER_BEGIN, "--rather-than-start")) {
                frozen.close();
                pgdb1.succeed("kill -STOP \"$1\"", backend);
                operator.letGo();
                assertExit(7, operator.awaitExit(), operator);
                assertTrue(operator.said().contains("does not run (\"in production\")"), operator::said);
            }
            drill.served();
            drill.end("pgdb1", "pgdb2");
            Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
        }
    }
}
