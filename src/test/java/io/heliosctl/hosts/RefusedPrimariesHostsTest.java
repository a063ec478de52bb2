package io.heliosctl.hosts;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Snapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// No primary, several, one that would take long to stop, or one of another history: nothing is begun. What
/// cannot be mended comes last.
@OnHosts
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusedPrimariesHostsTest {

    private static final String ARCHIVED = "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'";

    private static Scene scene;

    private final HostsBed bed;
    private final BedNode pgdb1;

    RefusedPrimariesHostsTest(HostsBed bed) {
        this.bed = bed;
        this.pgdb1 = bed.node("pgdb1");
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path state) {
        Prepared.fresh(bed, state);
        var node = bed.node("pgdb1");
        node.execute("ALTER SYSTEM SET archive_mode = on");
        node.execute("ALTER SYSTEM SET archive_command = '/bin/true'");
        node.host().succeed("systemctl restart " + BedNode.UNIT);
        Breaks.await(node, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'", "2");
        scene = new Scene(bed, Snapshot.of(bed));
    }

    @Test
    @Order(1)
    void archivingFails() {
        scene.refuses(
                () -> {
                    var failing = Breaks.setting(pgdb1, "archive_command", "/bin/false");
                    switchWal(1);
                    Breaks.await(
                            pgdb1,
                            "SELECT last_failed_time > last_archived_time OR last_archived_time IS NULL"
                                    + " AND failed_count > 0 FROM pg_stat_archiver",
                            "t");
                    return archivedAgain(failing);
                },
                """
                error[archiver-failing]: archiving fails on pgdb1
                  detail: The last attempt failed; 1 segment waits to be archived.
                  hint: Mend archive_command (see the server log on pgdb1), or wait until it has caught up: a stopping server archives the rest first.
                """);
    }

    @Test
    @Order(2)
    void archivingIsFarBehind() {
        scene.refuses(
                () -> {
                    var slow = Breaks.setting(pgdb1, "archive_command", "sleep 600");
                    switchWal(18);
                    return () -> {
                        slow.close();
                        pgdb1.host().run("pkill -u postgres -x sleep");
                        archivedAgain(Breaks.nothing()).close();
                    };
                },
                """
                error[archiver-behind]: archiving is behind on pgdb1
                  detail: # segments wait to be archived; 16 may.
                  hint: Mend archive_command (see the server log on pgdb1), or wait until it has caught up: a stopping server archives the rest first.
                """);
    }

    @Test
    @Order(3)
    void noPrimary() {
        scene.refuses(() -> Faults.stopped(pgdb1.host(), BedNode.UNIT), """
                error[no-primary]: no node is a primary
                  detail: pgdb1: PostgreSQL does not run there ("shut down").
                    pgdb2: It is a standby.
                    pgdb3: It is a standby.
                  hint: Start the last primary, or promote a standby with "heliosctl failover".
                """);
    }

    @Test
    @Order(4)
    void thePrimaryCannotBeReached() {
        scene.refusesBlindly(() -> Faults.deafPort(pgdb1.host(), 22), """
                error[primary-unreachable]: no primary was found
                  detail: pgdb1: It could not be asked: cannot reach pgdb1.address: No answer on port 22 within 5 s.
                    pgdb2: It is a standby.
                    pgdb3: It is a standby.
                  hint: The node that could not be asked may be it, and may be serving clients. Reach it first; if it is lost, see "heliosctl failover".
                """);
    }

    @Test
    @Order(5)
    void twoPrimaries() {
        scene.refusesUnmended(
                () -> {
                    bed.node("pgdb3").ask("SELECT pg_promote()");
                    return Breaks.nothing();
                },
                """
                error[split-brain]: more than one node accepts writes
                  detail: pgdb1 at #, timeline 1, system identifier #; led to by pgb1, pgb2
                    pgdb3 at #, timeline 2, system identifier #; no pooler leads there
                    pgdb3 was promoted at timeline 2; pgdb1 still writes timeline 1.
                    Timeline 2 of pgdb3 forked off timeline 1 at #. Since then pgdb3 has written …
                  hint: pgdb3 was promoted last, and no pooler leads there. If that was a mistake: heliosctl fence pgdb3. If it is to stay: heliosctl fence pgdb1, then heliosctl run route.
                """);
    }

    @Test
    @Order(6)
    void aStandbyOnAnotherTimeline() {
        scene.refusesUnmended(
                () -> {
                    bed.host("pgdb3").succeed("""
                    runuser -u postgres -- touch %1$s/standby.signal
                    systemctl restart %2$s""".formatted(BedNode.DATA, BedNode.UNIT));
                    Breaks.await(bed.node("pgdb3"), "SELECT pg_is_in_recovery()", "t");
                    return Breaks.nothing();
                },
                """
                error[not-streaming]: pgdb3 is not streaming
                  detail: It has no walreceiver.
                  hint: Look at the server log on pgdb3.
                error[other-timeline]: pgdb3 is on another timeline
                  detail: Timeline 2; pgdb1 is on 1.
                  hint: Run "heliosctl rejoin pgdb3".
                """,
                "--to",
                "pgdb3");
    }

    @Test
    @Order(7)
    void aStandbyOfAnotherCluster() {
        scene.refusesUnmended(
                () -> {
                    Faults.stranger(bed.host("pgdb3"));
                    return Breaks.nothing();
                },
                """
                error[stranger]: pgdb3 belongs to another database cluster
                  detail: System identifier #; pgdb1 has #.
                  hint: Correct the inventory of cluster main, or clone pgdb3 again from pgdb1.
                """,
                "--to",
                "pgdb3");
    }

    @Test
    @Order(8)
    void aSecondPrimaryOfAnotherCluster() {
        scene.refusesUnmended(
                () -> {
                    bed.node("pgdb3").ask("SELECT pg_promote()");
                    return Breaks.nothing();
                },
                """
                error[split-brain]: more than one node accepts writes
                  detail: pgdb1 at #, timeline 1, system identifier #; led to by pgb1, pgb2
                    pgdb3 at #, timeline 2, system identifier #; no pooler leads there
                    The timelines do not tell which is right: pgdb1 and pgdb3 belong to different database clusters.
                  hint: Find out which one the clients write to, and whether anything on the other is needed; then stop that other one: heliosctl fence NODE
                """);
    }

    private Fault archivedAgain(Fault fault) {
        return () -> {
            fault.close();
            switchWal(1);
            Breaks.await(pgdb1, ARCHIVED, "0");
        };
    }

    private void switchWal(int times) {
        for (int i = 0; i < times; i++) {
            pgdb1.ask("SELECT pg_logical_emit_message(false, 'bed', 'x')::text");
            pgdb1.ask("SELECT pg_switch_wal()::text");
        }
    }
}
