package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A primary that is lost, under load, on real hosts.
@OnHosts
class FailoverHostsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HostsBed bed;

    FailoverHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @Test
    void aHealthyPrimaryIsNotFailedOver(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var ran = tool.run("failover", "--to", "pgdb2", "--yes").exits(4);
        assertTrue(ran.names("primary-healthy"), ran.err());
    }

    @Test
    void thePostmasterIsKilled(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            var refused = tool.run("failover", "--to", "pgdb2", "--yes").exits(4);
            assertTrue(refused.names("startable"), refused.err());
            var ran = tool.run("failover", "--to", "pgdb2", "--yes", "--rather-than-start");
            System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
            ran.exits(7);
            writers.awaitAcknowledgements(50, LIMIT);
            var report = writers.stop();
            Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
            System.out.println("lost: " + Lost.rows(bed.node("pgdb2"), report));
        }
    }

    @Test
    void thePowerIsLost(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            bed.host("pgdb1").powerOff();
            var refused = tool.run("failover", "--to", "pgdb2", "--yes").exits(4);
            System.out.printf("%s%s[exit %d]%n%n", refused.err(), refused.out(), refused.exit());
            assertTrue(refused.names("not-fenced"), refused.err());
            var ran = tool.run("failover", "--to", "pgdb2", "--yes", "--fenced", "pgdb1");
            System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
            ran.exits(7);
            bed.host("pgdb1").powerOn();
            var status = tool.run("status");
            System.out.printf("%s%s[exit %d]%n%n", status.err(), status.out(), status.exit());
            assertTrue(status.names("split-brain"), status.err());
            var fenced = tool.run("fence", "pgdb1", "--yes");
            System.out.printf("%s%s[exit %d]%n%n", fenced.err(), fenced.out(), fenced.exit());
        }
        assertEquals("", "");
    }
}
