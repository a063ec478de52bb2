package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.WriterReport;
import io.heliosctl.bed.Writers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A primary that is lost, under load, on real hosts. `-Dfailover.runs=30` makes each of the first two as
/// often.
@OnHosts
class FailoverHostsTest {

    private static final int RUNS = Integer.getInteger("failover.runs", 1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern LOSS = Pattern.compile("Loss: at most ([0-9.]+ [kMG]?B)");
    private static final Pattern FIRST_WRITE = Pattern.compile("First write through every pooler: [^\n]*");

    private final HostsBed bed;

    FailoverHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// R5: started again by hand, and after a reboot, it is read-only.
    @Test
    void thePostmasterIsKilled(@TempDir Path state) {
        for (int run = 0; run < RUNS; run++) {
            var tool = Prepared.fresh(bed, state);
            try (var writers = Writers.start(bed, 4)) {
                writers.awaitAcknowledgements(50, LIMIT);
                Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
                if (run == 0) {
                    var refused = tool.run("failover", "--to", "pgdb2", "--yes").exits(4);
                    assertTrue(refused.names("startable"), refused.err());
                }
                var ran = tool.run("failover", "--to", "pgdb2", "--yes", "--rather-than-start");
                System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
                ran.exits(7);
                writers.awaitAcknowledgements(50, LIMIT);
                var report = writers.stop();
                Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
                assertTrue(ran.out().contains("nothing lost"), ran.out());
                assertLoss(ran, report);
            }
        }
        var pgdb1 = bed.host("pgdb1");
        pgdb1.run("systemctl start \"$1\"", BedNode.UNIT);
        assertNotWritable("pgdb1");
        pgdb1.powerOff();
        pgdb1.powerOn();
        pgdb1.run("systemctl start \"$1\"", BedNode.UNIT);
        assertNotWritable("pgdb1");
    }

    /// N4, R6: power loss looks like a cut from everybody; the old primary comes back writable, and is told at
    /// once.
    @Test
    void thePowerIsLost(@TempDir Path state) {
        Tool tool = null;
        for (int run = 0; run < RUNS; run++) {
            tool = Prepared.fresh(bed, state);
            try (var writers = Writers.start(bed, 4)) {
                writers.awaitAcknowledgements(50, LIMIT);
                bed.host("pgdb1").powerOff();
                if (run == 0) {
                    var refused = tool.run("failover", "--to", "pgdb2", "--yes").exits(4);
                    assertTrue(refused.names("not-fenced"), refused.err());
                    assertTrue(tool.run("failover", "--yes", "--fenced", "pgdb3")
                            .exits(4)
                            .names("fenced-another"));
                }
                var ran = tool.run("failover", "--to", "pgdb2", "--yes", "--fenced", "pgdb1");
                System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
                ran.exits(7);
                assertLoss(ran, writers.stop());
            }
        }
        bed.host("pgdb1").powerOn();
        var status = tool.run("status");
        assertTrue(status.names("split-brain"), status.err());
        assertTrue(
                status.err().contains("pgdb2 was promoted at timeline 2; pgdb1 still writes timeline 1"), status.err());
        tool.run("fence", "pgdb1", "--yes").exits(7);
        tool.run("run", "route", "--yes").exits(0);
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
        bed.host("pgdb1").run("systemctl start \"$1\"", BedNode.UNIT);
        assertNotWritable("pgdb1");
    }

    /// A server whose history has parted from the others' may refuse to start at all.
    private void assertNotWritable(String name) {
        try {
            assertEquals(List.of("t"), bed.node(name).query("SELECT pg_is_in_recovery()"));
        } catch (SQLException notThere) {
            assertFalse(notThere.getMessage().isEmpty());
        }
    }

    private void assertLoss(Tool.Ran ran, WriterReport report) {
        var lost = Lost.rows(bed.node("pgdb2"), report);
        if (ran.out().contains("nothing lost")) {
            System.out.printf("0 rows lost of %d%n", report.acknowledged());
            assertEquals(0, lost, ran.out());
            return;
        }
        var announced = LOSS.matcher(ran.err());
        assertTrue(announced.find(), ran.err());
        var write = FIRST_WRITE.matcher(ran.out());
        assertTrue(write.find(), ran.out());
        System.out.printf(
                "%s; %d rows lost of %d%n%s%n", announced.group(), lost, report.acknowledged(), write.group());
        // An insert of one row and its commit take more than a hundred bytes of WAL.
        assertTrue(lost * 100 <= bytes(announced.group(1)), () -> lost + " rows lost, " + announced.group());
    }

    private static double bytes(String text) {
        var words = text.split(" ", -1);
        var power = "BkMG".indexOf(words[1].charAt(0));
        return Double.parseDouble(words[0]) * (1L << (10 * power));
    }

    /// D15: another standby than the most advanced one has everything first.
    @Test
    void theCandidateIsBroughtAsFarAsTheMostAdvancedStandby(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        // Nobody mends it: in the end it is a primary.
        Breaks.notStreaming(bed.node("pgdb2"));
        bed.node("pgdb1").execute("CREATE TABLE later AS SELECT generate_series(1, 10000) AS n");
        Breaks.await(bed.node("pgdb3"), "SELECT count(*) FROM later", "10000");
        bed.host("pgdb1").powerOff();
        var ran = tool.run("failover", "--to", "pgdb2", "--yes", "--fenced", "pgdb1");
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
        ran.exits(7);
        assertTrue(ran.out().contains("from pgdb3"), ran.out());
        assertEquals("10000", bed.node("pgdb2").ask("SELECT count(*) FROM later"));
        assertEquals("", bed.node("pgdb2").ask("SELECT current_setting('primary_conninfo')"));
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
    }

    /// The site's own fence cuts the power of a host that stands still.
    @Test
    void aFrozenHostIsFencedByTheSite(@TempDir Path state) throws IOException {
        var prepared = Prepared.fresh(bed, state);
        var container = bed.host("pgdb1").container();
        var check = Files.writeString(
                state.resolve("is-off.sh"),
                "test \"$(docker inspect -f '{{.State.Running}}' %s)\" = false\n".formatted(container));
        var fence = "  fence:\n    command: [docker, kill, %s]\n    check: [sh, %s]\n".formatted(container, check);
        var text = Files.readString(bed.inventory()).replace("defaults:\n", "defaults:\n" + fence);
        var inventory = Files.writeString(state.resolve("fenced.yaml"), text);
        var tool = new Tool(inventory, prepared.state());
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            bed.host("pgdb1").freeze();
            var ran = tool.run("failover", "--yes");
            System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
            ran.exits(7);
            assertEquals("exited", bed.host("pgdb1").power());
            assertTrue(ran.out().contains("Fenced: pgdb1: fenced by the site"), ran.out());
        }
    }
}
