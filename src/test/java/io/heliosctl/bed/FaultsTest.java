package io.heliosctl.bed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Each fault does what it says, and is gone when it is closed.
@OnHosts
class FaultsTest {

    private final HostsBed bed;
    private final Host pgdb2;

    FaultsTest(HostsBed bed) {
        this.bed = bed;
        this.pgdb2 = bed.host("pgdb2");
    }

    @BeforeAll
    static void fresh(HostsBed bed) {
        bed.reset();
    }

    @Test
    void aProgramFailsOnlyWithTheWordsNamed() {
        String program = "/usr/bin/systemctl";
        try (var _ = Faults.failing(pgdb2, program, "\"stop postgresql@15-main\"")) {
            assertEquals(
                    "status 1: /usr/bin/systemctl: made to fail",
                    outcome(pgdb2.run("exec systemctl stop postgresql@15-main")));
            assertEquals("status 0: active", outcome(pgdb2.run("exec systemctl is-active postgresql@15-main")));
        }
        assertTrue(pgdb2.run("file=$(head -c 4 \"$1\"); [ \"$file\" != '#!/b' ]", program)
                .ok());
    }

    @Test
    void aFrozenReceiverStaysBehindUntilItThaws() {
        String received = "SELECT pg_last_wal_receive_lsn() >= '%s'";
        String written;
        try (var _ = Faults.frozen(pgdb2, "postgres", "walreceiver")) {
            written = bed.node("pgdb1").ask("SELECT pg_switch_wal()");
            assertEquals("f", bed.node("pgdb2").ask(received.formatted(written)));
        }
        Await.until(
                "the receiver goes on",
                Duration.ofSeconds(10),
                () -> bed.node("pgdb2").ask(received.formatted(written)).equals("t"),
                () -> bed.node("pgdb2").ask("SELECT pg_last_wal_receive_lsn()"));
    }

    @Test
    void nobodyReachesAPortThatIsDeaf() throws SQLException {
        try (var _ = Faults.deafPort(pgdb2, BedNode.PORT)) {
            assertThrows(SQLException.class, () -> bed.node("pgdb2").query("SELECT 1"));
        }
        assertEquals(List.of("1"), bed.node("pgdb2").query("SELECT 1"));
    }

    @Test
    void aHostThatIsDeafToAnotherStillHearsTheRest() {
        String connect = "timeout 2 bash -c '</dev/tcp/\"$0\"/5432' \"$1\"";
        try (var _ = Faults.deaf(pgdb2, bed.host("pgdb3"))) {
            assertEquals(124, bed.host("pgdb3").run(connect, pgdb2.address()).status());
            assertEquals(0, bed.host("pgb1").run(connect, pgdb2.address()).status());
        }
        assertEquals(0, bed.host("pgdb3").run(connect, pgdb2.address()).status());
    }

    @Test
    void aFileGetsAnotherTextAndModeAndHasTheOldOnesBack() {
        String facts = "stat -c '%U:%G %a' /etc/pgbouncer/pgbouncer.ini; sha256sum /etc/pgbouncer/pgbouncer.ini";
        Host host = bed.host("pgb1");
        String before = host.succeed(facts);
        try (var _ = Faults.text(host, BedPooler.INI, "; nothing\n");
                var _ = Faults.mode(host, BedPooler.INI, "0")) {
            assertEquals("; nothing\n", host.read(BedPooler.INI));
            assertEquals("0", host.succeed("stat -c %a \"$1\"", BedPooler.INI));
        }
        assertEquals(before, host.succeed(facts));
    }

    @Test
    void aHostThatLostItsPowerComesBackWithItsAddressAndItsServices() {
        Host host = bed.host("pgdb1");
        host.powerOff();
        assertThrows(SQLException.class, () -> bed.node("pgdb1").query("SELECT 1"));
        host.powerOn();
        Checker.of(bed).primaryIs("pgdb1").holds();
    }

    @Test
    void aFrozenHostGivesNoAnswer() throws SQLException {
        try (var _ = Faults.frozen(bed.host("pgdb3"))) {
            assertThrows(SQLException.class, () -> bed.node("pgdb3").query("SELECT 1"));
        }
        assertEquals(List.of("1"), bed.node("pgdb3").query("SELECT 1"));
    }

    private static String outcome(Host.Output output) {
        return "status " + output.status() + ": " + output.all();
    }
}
