package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A primary that is lost, under load, on real hosts. No two servers take writes at a time, and no more rows
/// are lost than was announced.
@OnHosts
class FailoverHostsTest {

    private final HostsBed bed;

    FailoverHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// R5: started again by hand, and after a reboot, it is read-only.
    @Test
    void r5AKilledServerComesBackReadOnly(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state)) {
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            drill.failover("--to", "pgdb2").refused("startable");
            var failover =
                    drill.failover("--to", "pgdb2", "--rather-than-start").exits(7);
            drill.served();
            var pgdb1 = bed.host("pgdb1");
            pgdb1.run("systemctl start \"$1\"", BedNode.UNIT);
            assertNotWritable("pgdb1");
            Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
            pgdb1.powerOff();
            pgdb1.powerOn();
            pgdb1.run("systemctl start \"$1\"", BedNode.UNIT);
            assertNotWritable("pgdb1");
            drill.lost(failover);
        }
    }

    /// N4, R6: power loss looks like a cut from everybody; the old primary comes back writable, and is told at
    /// once.
    @Test
    void r6AfterALossOfPowerItComesBackWritableAndIsTold(@TempDir Path state) {
        Tool tool;
        try (var drill = Drill.begin(bed, state)) {
            tool = drill.tool();
            bed.host("pgdb1").powerOff();
            drill.failover("--to", "pgdb2").refused("not-fenced");
            drill.failover("--fenced", "pgdb3").refused("fenced-another");
            var failover = drill.failover("--to", "pgdb2", "--fenced", "pgdb1").exits(7);
            drill.servedThrough("pgb1");
            drill.lost(failover);
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

    /// D15: another standby than the most advanced one has everything first.
    @Test
    void d15TheCandidateIsBroughtAsFarAsTheMostAdvancedStandby(@TempDir Path state) {
        // What lies on the old primary's host would be better, and cannot be read.
        try (var drill = Drill.begin(bed, state);
                var _ = Faults.failing(bed.host("pgdb1"), "/usr/bin/cat", "*/pg_wal/0*")) {
            // It is a primary in the end: nobody makes it stream again.
            Breaks.notStreaming(bed.node("pgdb2"));
            bed.node("pgdb1").execute("CREATE TABLE later AS SELECT generate_series(1, 10000) AS n");
            Breaks.await(bed.node("pgdb3"), "SELECT count(*) FROM pg_class WHERE relname = 'later'", "1");
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            var failover =
                    drill.failover("--to", "pgdb2", "--rather-than-start").exits(7);
            assertTrue(
                    failover.ran().err().contains("from pgdb3"), failover.ran().err());
            assertEquals("10000", bed.node("pgdb2").ask("SELECT count(*) FROM later"));
            drill.served();
            drill.lost(failover);
            Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
        }
    }

    /// N4: the site's own fence cuts the power of a host that stands still. Without it nothing is promoted.
    @Test
    void n4AHostThatStandsStillIsFencedByTheSite(@TempDir Path state) throws IOException {
        try (var drill = Drill.begin(bed, state)) {
            var fenced = new Tool(withFence(state), drill.tool().state());
            bed.host("pgdb1").freeze();
            drill.failover("--to", "pgdb2").refused("not-fenced");
            var failover = Failover.run(fenced, "--to", "pgdb2").exits(7);
            assertEquals("exited", bed.host("pgdb1").power());
            assertTrue(
                    failover.ran().out().contains("Fenced: pgdb1: fenced by the site"),
                    failover.ran().out());
            drill.servedThrough("pgb1");
            drill.lost(failover);
        }
    }

    /// The bed's inventory with a fence for pgdb1: `docker kill`, and what says that it is off.
    private Path withFence(Path state) throws IOException {
        var container = bed.host("pgdb1").container();
        var check = Files.writeString(
                state.resolve("is-off.sh"),
                "test \"$(docker inspect -f '{{.State.Running}}' %s)\" = false\n".formatted(container));
        var fence = "  fence:\n    command: [docker, kill, %s]\n    check: [sh, %s]\n".formatted(container, check);
        var text = Files.readString(bed.inventory()).replace("defaults:\n", "defaults:\n" + fence);
        return Files.writeString(state.resolve("fenced.yaml"), text);
    }
}
