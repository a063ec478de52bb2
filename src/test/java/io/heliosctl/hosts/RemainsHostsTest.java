package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Await;
import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A primary whose server is dead and whose host answers: what it wrote last is on no standby, and is not lost.
@OnHosts
class RemainsHostsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String AUTO_CONF = BedNode.DATA + "/postgresql.auto.conf";

    private final HostsBed bed;

    RemainsHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// Asynchronous replication, and the standbys heard nothing for the last hundreds of commits.
    @Test
    void whatOnlyTheDeadPrimaryHasIsNotLost(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            Faults.frozen(bed.host("pgdb1"), "postgres", "walsender");
            writers.awaitAcknowledgements(50, LIMIT);
            fill(1);
            writers.awaitAcknowledgements(50, LIMIT);
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            assertNothingLost(tool, writers);
        }
    }

    /// The commits that were waiting for a standby were not acknowledged; those that were are all there.
    @Test
    void withSynchronousReplicationNothingIsLostEither(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var pgdb1 = bed.node("pgdb1");
        for (var node : bed.nodes()) {
            Breaks.setting(node, "synchronous_standby_names", "");
        }
        Breaks.setting(pgdb1, "synchronous_standby_names", "ANY 1 (pgdb2, pgdb3)");
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            Faults.frozen(bed.host("pgdb1"), "postgres", "walsender");
            Breaks.await(pgdb1, "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'", "t");
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            assertNothingLost(tool, writers);
        }
    }

    /// A clean stop while nobody streams.
    @Test
    void whatACleanlyStoppedPrimaryHasIsNotLost(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            nobodyStreams();
            fill(1);
            writers.awaitAcknowledgements(50, LIMIT);
            Faults.stopped(bed.host("pgdb1"), BedNode.UNIT);
            assertNothingLost(tool, writers);
        }
    }

    /// The end of the connection never reached the standbys: their walreceivers wait for more, and replay with
    /// them.
    @Test
    void aWalreceiverThatHangsIsEnded(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var pgdb2 = bed.host("pgdb2");
        var settings = pgdb2.read(AUTO_CONF);
        try (var writers = Writers.start(bed, 4);
                var _ = Faults.deafTo(pgdb2, bed.host("pgdb1"), BedNode.PORT);
                var _ = Faults.deafTo(bed.host("pgdb3"), bed.host("pgdb1"), BedNode.PORT)) {
            writers.awaitAcknowledgements(100, LIMIT);
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            assertEquals("1", bed.node("pgdb2").ask("SELECT count(*) FROM pg_stat_wal_receiver"));
            var ran = failover(tool, "--lose-up-to", "0").exits(7);
            writers.awaitAcknowledgements(50, LIMIT);
            assertEquals(0, Lost.rows(bed.node("pgdb2"), writers.stop()), ran::out);
        }
        assertEquals(settings, pgdb2.read(AUTO_CONF));
        assertFalse(pgdb2.run("test -e \"$1.heliosctl\"", AUTO_CONF).ok());
    }

    /// Its files cannot be read: that is said, and how much may be lost decides.
    @Test
    void whatCannotBeReadIsSaidAndMayBeTooMuch(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        nobodyStreams();
        bed.node("pgdb1").execute("CREATE TABLE later AS SELECT generate_series(1, 10000) AS n");
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        try (var _ = Faults.failing(bed.host("pgdb1"), "/usr/bin/cat", "*/pg_wal/0*")) {
            var refused = failover(tool, "--lose-up-to", "0").exits(4);
            assertTrue(refused.names("too-much-lost"), refused.err());
            assertTrue(refused.err().contains("wal-unreadable"), refused.err());
        }
        try (var _ = Faults.failing(bed.host("pgdb2"), "/usr/bin/dd", "of=*/pg_wal/0*")) {
            var back = failover(tool, "--lose-up-to", "0").exits(5);
            assertTrue(back.err().contains("could not be written on pgdb2"), back.err());
            assertTrue(back.names("too-much-lost"), back.err());
        }
        assertTrue(bed.node("pgdb2").inRecovery());
        assertFalse(bed.host("pgdb1")
                .run("test -e \"$1/standby.signal\"", BedNode.DATA)
                .ok());
        assertEquals("", bed.host("pgdb2").succeed("ls \"$1/pg_wal\" | grep heliosctl || true", BedNode.DATA));
        failover(tool, "--lose-up-to", "0").exits(7);
        assertEquals("10000", bed.node("pgdb2").ask("SELECT count(*) FROM later"));
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
    }

    /// The disk does not answer: it is not waited for again while clients wait.
    @Test
    void aDiskThatHangsIsGivenUp(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        try (var _ = Faults.hanging(bed.host("pgdb1"), "/usr/bin/cat", "*/pg_wal/0*")) {
            var ran = failover(tool).exits(7);
            assertTrue(ran.err().contains("nothing came for 10.0 s"), ran.err());
            assertTrue(ran.err().contains("at most"), ran.err());
        }
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
    }

    /// Behind a damaged place there may be what was acknowledged; nothing of it is promised, or given to
    /// anybody.
    @Test
    void damagedWalIsNotTakenForAll(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        nobodyStreams();
        var pgdb1 = bed.node("pgdb1");
        var file = pgdb1.ask("SELECT pg_walfile_name(pg_current_wal_lsn())");
        var place = pgdb1.ask("SELECT (pg_walfile_name_offset(pg_current_wal_lsn())).file_offset + 20000");
        pgdb1.execute("CREATE TABLE later AS SELECT generate_series(1, 10000) AS n");
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        bed.host("pgdb1")
                .succeed(
                        "printf damaged | dd of=\"$1/pg_wal/$2\" bs=1 seek=\"$3\" conv=notrunc 2>&1",
                        BedNode.DATA,
                        file,
                        place);
        var refused = failover(tool, "--lose-up-to", "0").exits(4);
        assertTrue(refused.names("too-much-lost"), refused.err());
        assertTrue(refused.err().contains("does not follow it"), refused.err());
        var before = bed.node("pgdb2").ask("SELECT pg_last_wal_replay_lsn()");
        var ran = failover(tool).exits(7);
        assertTrue(ran.out().contains("Loss: at most"), ran.out());
        assertEquals("", bed.node("pgdb2").ask("SELECT string_agg(relname, '') FROM pg_class WHERE relname = 'later'"));
        assertTrue(bed.host("pgdb2")
                .read(BedNode.DATA + "/pg_wal/00000002.history")
                .contains(before));
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
    }

    /// heliosctl dies while a segment is on its way, when the candidate already follows nobody: all is as
    /// before.
    @Test
    void aKilledFetchIsTakenBack(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var settings = bed.host("pgdb2").read(AUTO_CONF);
        try (var _ = Faults.deafTo(bed.host("pgdb2"), bed.host("pgdb1"), BedNode.PORT);
                var _ = Faults.deafTo(bed.host("pgdb3"), bed.host("pgdb1"), BedNode.PORT)) {
            killed(tool);
        }
        tool.run("rollback", "--yes").exits(0);
        assertEquals(settings, bed.host("pgdb2").read(AUTO_CONF));
        assertNothingLeft();
        bed.host("pgdb1").succeed("systemctl start \"$1\"", BedNode.UNIT);
        Checker.of(bed).primaryIs("pgdb1").holds();
        assertEquals("10000", bed.node("pgdb2").ask("SELECT count(*) FROM later"));
    }

    /// The same, and somebody goes on with it.
    @Test
    void aKilledFetchIsGoneOnWith(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        try (var _ = Faults.deafTo(bed.host("pgdb2"), bed.host("pgdb1"), BedNode.PORT);
                var _ = Faults.deafTo(bed.host("pgdb3"), bed.host("pgdb1"), BedNode.PORT)) {
            killed(tool);
        }
        var ran = tool.run("resume", "--yes");
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
        ran.exits(7);
        assertTrue(ran.out().contains("nothing lost"), ran.out());
        assertEquals("10000", bed.node("pgdb2").ask("SELECT count(*) FROM later"));
        assertNothingLeft();
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
    }

    /// A failover is killed while WAL is written on the candidate's host.
    private void killed(Tool tool) {
        bed.node("pgdb1").execute("CREATE TABLE later AS SELECT generate_series(1, 10000) AS n");
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        var pgdb2 = bed.host("pgdb2");
        try (var _ = Faults.before(pgdb2, "/usr/bin/dd", "of=*/pg_wal/0*", "touch /tmp/writing; sleep 5")) {
            var begun = tool.begin("failover", "--to", "pgdb2", "--yes", "--rather-than-start", "--lose-up-to", "0");
            Await.until(
                    "WAL is on its way",
                    Duration.ofSeconds(60),
                    () -> pgdb2.run("rm /tmp/writing").ok(),
                    () -> pgdb2.run("ls /tmp").text());
            begun.process().destroyForcibly().onExit().join();
        }
        assertTrue(pgdb2.read(AUTO_CONF).contains("primary_conninfo = ''"), pgdb2.read(AUTO_CONF));
    }

    private void assertNothingLeft() {
        var pgdb2 = bed.host("pgdb2");
        assertFalse(pgdb2.run("test -e \"$1.heliosctl\"", AUTO_CONF).ok());
        assertEquals("", pgdb2.succeed("ls \"$1/pg_wal\" | grep heliosctl || true", BedNode.DATA));
    }

    /// It takes longer than the poolers' hosts wait for a sign of life; clients are held all the while, and
    /// served then.
    @Test
    void clientsAreHeldForAsLongAsItTakes(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        nobodyStreams();
        bed.node("pgdb1").execute("CREATE TABLE later AS SELECT generate_series(1, 10000) AS n");
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        try (var _ = Faults.before(bed.host("pgdb2"), "/usr/bin/dd", "of=*/pg_wal/0*", "sleep 35")) {
            failover(tool, "--lose-up-to", "0").exits(7);
        }
        assertEquals("10000", bed.node("pgdb2").ask("SELECT count(*) FROM later"));
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").holds();
    }

    /// D15: a candidate that was brought as far as its sibling follows the old primary again once all is taken
    /// back.
    @Test
    void aCandidateThatIsNotPromotedFollowsAsBefore(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var pgdb2 = bed.host("pgdb2");
        var settings = pgdb2.read(AUTO_CONF);
        try (var _ = Faults.deafTo(pgdb2, bed.host("pgdb1"), BedNode.PORT)) {
            bed.node("pgdb1").execute("CREATE TABLE later AS SELECT generate_series(1, 10000) AS n");
            Breaks.await(bed.node("pgdb3"), "SELECT count(*) FROM pg_class WHERE relname = 'later'", "1");
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            try (var _ = Faults.failing(bed.host("pgdb1"), "/usr/bin/cat", "*/pg_wal/0*");
                    var _ = Faults.failing(bed.host("pgb1"), "/usr/bin/mv", "*pgbouncer.ini")) {
                var back = failover(tool).exits(5);
                assertTrue(back.err().contains("from pgdb3"), back.err());
            }
        }
        assertEquals(settings, pgdb2.read(AUTO_CONF));
        assertFalse(pgdb2.run("test -e \"$1.heliosctl\"", AUTO_CONF).ok());
        assertEquals("10000", bed.node("pgdb2").ask("SELECT count(*) FROM later"));
        bed.host("pgdb1").succeed("systemctl start \"$1\"", BedNode.UNIT);
        Checker.of(bed).primaryIs("pgdb1").holds();
    }

    /// D16: the primary dies because nothing more goes into its pg_wal; what it has acknowledged is all there.
    @Test
    void thePrimaryDiesOfAFullPgWal(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var pgdb1 = bed.host("pgdb1");
        try (var _ = smallPgWal(pgdb1);
                var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            Breaks.await(bed.node("pgdb1"), "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'", "2");
            Faults.frozen(pgdb1, "postgres", "walsender");
            pgdb1.succeed(
                    "cat /dev/zero >\"$1/pg_wal/filler\" 2>/dev/null; chown postgres \"$1/pg_wal/filler\"",
                    BedNode.DATA);
            fillUntilItDies(pgdb1);
            assertNothingLost(tool, writers);
        }
    }

    /// D16: the candidate has no room for what it lacks; that is said, and how much may be lost decides.
    @Test
    void theCandidatesPgWalIsFull(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var pgdb2 = bed.host("pgdb2");
        try (var _ = smallPgWal(pgdb2)) {
            nobodyStreams();
            fill(18);
            Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
            var back = failover(tool, "--lose-up-to", "0").exits(5);
            assertTrue(back.err().contains("has no room for the WAL that it lacks"), back.err());
            assertTrue(back.names("too-much-lost"), back.err());
            assertTrue(bed.node("pgdb2").inRecovery());
        }
    }

    private void nobodyStreams() {
        Breaks.notStreaming(bed.node("pgdb2"));
        Breaks.notStreaming(bed.node("pgdb3"));
    }

    private Tool.Ran failover(Tool tool, String... more) {
        var words = new ArrayList<>(List.of("failover", "--to", "pgdb2", "--yes", "--rather-than-start"));
        words.addAll(List.of(more));
        var ran = tool.run(words.toArray(String[]::new));
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
        return ran;
    }

    /// Not a byte may be lost, and none is.
    private void assertNothingLost(Tool tool, Writers writers) {
        var announced = tool.run("failover", "--to", "pgdb2", "--dry-run", "--rather-than-start");
        assertTrue(
                (announced.out() + announced.err())
                        .replaceAll("\\s+", " ")
                        .contains("can still be read on the old primary's host"),
                () -> announced.out() + announced.err());
        var ran = failover(tool, "--lose-up-to", "0").exits(7);
        assertTrue(ran.out().contains("nothing lost"), ran.out());
        assertTrue(ran.out().contains("of WAL read on pgdb1"), ran.out());
        writers.awaitAcknowledgements(50, LIMIT);
        var report = writers.stop();
        Checker.of(bed).primaryIs("pgdb2").without("pgdb1").after(report).holds();
        assertEquals(0, Lost.rows(bed.node("pgdb2"), report));
        System.out.printf("0 rows lost of %d%n", report.acknowledged());
    }

    /// So many segments are filled.
    private void fill(int segments) {
        for (int i = 0; i < segments; i++) {
            bed.node("pgdb1").ask("SELECT pg_logical_emit_message(false, 'bed', repeat('x', 16 << 20))::text");
        }
    }

    private void fillUntilItDies(io.heliosctl.bed.Host host) {
        Await.until(
                "PostgreSQL is dead",
                Duration.ofSeconds(90),
                () -> {
                    try {
                        bed.node("pgdb1")
                                .query("SELECT pg_logical_emit_message(false, 'bed', repeat('x', 4000000))::text");
                    } catch (java.sql.SQLException e) {
                        return !host.run(
                                        "systemctl is-active --quiet \"$1\" && pgrep -u postgres -f 'postgresql/[0-9]*/bin/postgres -D'",
                                        BedNode.UNIT)
                                .ok();
                    }
                    return false;
                },
                () -> host.run("tail -n 5 /var/log/postgresql/*; df -h").text());
    }

    /// Its pg_wal lies on a small file system of its own.
    private static Fault smallPgWal(io.heliosctl.bed.Host host) {
        host.succeed("""
                set -e
                systemctl stop "$1"
                cp -a "$2/pg_wal" /root/kept
                mount -t tmpfs -o size=320m,mode=0700 tmpfs "$2/pg_wal"
                cp -a /root/kept/. "$2/pg_wal"
                chown postgres:postgres "$2/pg_wal"
                systemctl start "$1"
                """, BedNode.UNIT, BedNode.DATA);
        return () -> host.run(
                "systemctl stop \"$1\"; umount -l \"$2/pg_wal\"; rm -rf /root/kept", BedNode.UNIT, BedNode.DATA);
    }
}
