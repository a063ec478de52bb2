package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Old primaries that are hard to fence, and parts of the cluster that are out of reach: fenced or refused, and
/// never are two servers writable.
@OnHosts
@EnabledIfSystemProperty(named = "failover.cases", matches = "all")
class HardFailoversHostsTest {

    /// The postmaster and every process of it.
    private static final String ALL = "^postgres:|bin/postgres -D";

    private final HostsBed bed;

    HardFailoversHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// N4, N3: cut off from everybody but clients that come past the poolers. Nothing is promoted; and where a
    /// person says wrongly that it is off, the report tells what that means.
    @Test
    void n3OnlyDirectClientsReachIt(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state);
                var _ = Faults.cutOff(bed.host("pgdb1"))) {
            drill.failover("--to", "pgdb2").refused("not-fenced");
            drill.end("pgdb1");
            assertTrue(bed.node("pgdb2").inRecovery());
            var wrongly = drill.failover("--to", "pgdb2", "--fenced", "pgdb1")
                    .exits(7)
                    .names("not-buried");
            assertTrue(
                    wrongly.ran().err().contains("Until it is fenced it must not reach any client."),
                    wrongly.ran().err());
            // This is what the word was for.
            assertTrue(!bed.node("pgdb1").inRecovery() && !bed.node("pgdb2").inRecovery());
        }
        var tool = new Tool(bed.inventory(), state);
        var status = tool.run("status");
        assertTrue(status.names("split-brain"), status.err() + status.out());
        tool.run("fence", "pgdb1", "--yes").exits(7);
        tool.run("run", "route", "--yes").exits(0);
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
    }

    /// G3: a backend that stands still lives on after its postmaster was killed, and could commit once it is
    /// let go.
    @Test
    void g3ABackendOutlivesItsPostmaster(@TempDir Path state) throws SQLException {
        var pgdb1 = bed.host("pgdb1");
        try (var drill = Drill.begin(bed, state)) {
            String backend;
            try (var client = bed.node("pgdb1").connect("app")) {
                backend = backend(client);
                // Else systemd wakes it and ends it.
                pgdb1.succeed(
                        "mkdir -p \"$1\" && printf '[Service]\\nKillMode=process\\n' >\"$1/kill.conf\" && systemctl daemon-reload",
                        "/etc/systemd/system/" + BedNode.UNIT + ".service.d");
                pgdb1.succeed("kill -STOP \"$1\" && kill -KILL \"$(head -n 1 \"$2\")\"", backend, postmasterPid());
                drill.failover("--to", "pgdb2", "--rather-than-start").names("not-fenced");
                assertTrue(bed.node("pgdb2").inRecovery());
                pgdb1.run("kill -CONT \"$1\"", backend);
            }
            pgdb1.succeed(
                    "for n in $(seq 100); do pgrep -u postgres -f \"$1\" >/dev/null || exit 0; sleep 0.1; done; exit 1",
                    ALL);
            var failover =
                    drill.failover("--to", "pgdb2", "--rather-than-start").exits(7);
            drill.served();
            drill.lost(failover);
        }
    }

    private static String backend(Connection client) throws SQLException {
        try (var statement = client.createStatement();
                var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String postmasterPid() {
        return BedNode.DATA + "/postmaster.pid";
    }

    /// D17: all of it stands still, as storage that hangs does it. It cannot be stopped, and its host answers,
    /// so nobody's word helps. Once it is let go it ends as it was told to, and going on with taking the run
    /// back starts it again: nobody was promoted, and nothing is lost.
    @Test
    void d17AllOfItStandsStill(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state)) {
            try (var _ = Faults.frozen(bed.host("pgdb1"), "postgres", ALL)) {
                drill.failover("--to", "pgdb2", "--fenced", "pgdb1")
                        .exits(6)
                        .names("not-fenced")
                        .names("not-off")
                        .names("stop-pending");
                assertTrue(bed.node("pgdb2").inRecovery());
            }
            var resumed = drill.tool().run("resume", "--yes").exits(5);
            assertTrue(resumed.err().contains("started again"), resumed.err());
            drill.served();
            drill.failover("--to", "pgdb2").refused("primary-healthy");
            drill.end("pgdb1");
            Checker.of(bed).primaryIs("pgdb1").holds();
        }
    }

    /// N5: a pooler's host is out of reach. With a proof that the old primary has ended that does no harm, and
    /// is owed.
    @Test
    void n5APoolersHostIsOutOfReach(@TempDir Path state) {
        try (var drill = Drill.begin(bed, state)) {
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            try (var _ = Faults.cutOff(bed.host("pgb1"))) {
                var failover = drill.failover("--to", "pgdb2", "--rather-than-start")
                        .exits(7)
                        .names("pooler-unreachable");
                assertTrue(
                        failover.ran().out().contains("heliosctl run route"),
                        failover.ran().out());
                drill.servedThrough("pgb2");
            }
            drill.tool().run("run", "route", "--yes").exits(0);
            drill.served();
            drill.end("pgdb1", "pgdb2");
            Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
        }
    }

    /// G10: two primaries are nothing that a failover mends.
    @Test
    void g10TwoPrimariesAreRefused(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        assertEquals("t", bed.node("pgdb2").ask("SELECT pg_promote()"));
        Failover.run(tool).refused("split-brain");
        Failover.run(tool, "--to", "pgdb3").refused("split-brain");
        assertTrue(bed.node("pgdb3").inRecovery());
    }
}
