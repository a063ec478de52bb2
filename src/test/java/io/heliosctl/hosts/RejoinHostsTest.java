package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Await;
import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The old primary comes back after a failover, on real hosts.
@OnHosts
class RejoinHostsTest {

    private static final String REWIND = BedNode.BIN + "/pg_rewind";
    private static final String COPY = BedNode.BIN + "/pg_basebackup";
    private static final String OWN = "# nobody else's\n";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /// Whatever rejoin leaves on a host while it is at work.
    private static final String LEFT = """
            ls -d /run/lock/*.job.* /tmp/*.job.* %s.heliosctl* 2>/dev/null
            pgrep -af heliosctl-jo[b]
            systemctl is-enabled %s | grep masked
            :
            """.formatted(BedNode.DATA, BedNode.UNIT);

    private final HostsBed bed;

    RejoinHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @Test
    void whatHasNothingOfItsOwnFollows(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        bed.host("pgdb1").succeed("systemctl stop \"$1\"", BedNode.UNIT);
        tool.run("failover", "--to", "pgdb2", "--yes", "--rather-than-start").exits(7);
        var shown = tool.run("rejoin", "pgdb1", "--dry-run").exits(0);
        print(shown);
        assertTrue(shown.out().contains("follows as it is: its WAL ends at"), shown.out());
        var ran = tool.run("rejoin", "pgdb1", "--yes");
        print(ran);
        ran.exits(0);
        assertFalse(ran.err().contains("warning[way-back]"), ran.err());
        assertBack();
        var again = tool.run("rejoin", "pgdb1", "--yes").exits(0);
        assertTrue(again.err().contains("nothing to do"), again.err());
    }

    /// R8, R10: rows that nobody else has are taken back, and its configuration stays its own.
    @Test
    void whatHasPartedIsRewound(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        part(tool);
        var shown = tool.run("rejoin", "pgdb1", "--dry-run").exits(0);
        print(shown);
        assertTrue(shown.err().contains("warning[way-back]"), shown.err());
        var ran = tool.run("rejoin", "pgdb1", "--yes");
        print(ran);
        ran.exits(0);
        assertTrue(ran.err().contains("rewound"), ran.err());
        assertBack();
        assertOwn();
    }

    /// N9: pg_rewind outlives heliosctl, and the resumed run finds it.
    @Test
    void aKilledRewindIsFinished(@TempDir Path state) throws Exception {
        var tool = Prepared.fresh(bed, state);
        part(tool);
        try (var _ = Faults.before(bed.host("pgdb1"), REWIND, "*--progress", "sleep 6")) {
            kill(tool, "rejoin", "pgdb1", "--yes");
            var resumed = tool.run("resume", "--yes");
            print(resumed);
            resumed.exits(0);
        }
        assertBack();
        assertOwn();
    }

    /// R8, R11: without wal_log_hints there is nothing for pg_rewind to go by. The old data directory stays.
    @Test
    void aKilledCloneIsFinished(@TempDir Path state) throws Exception {
        var tool = Prepared.fresh(bed, state);
        var pgdb1 = bed.host("pgdb1");
        bed.node("pgdb1").execute("ALTER SYSTEM SET wal_log_hints = off");
        pgdb1.succeed("systemctl restart \"$1\"", BedNode.UNIT);
        part(tool);
        refusedForAFullDisk(tool);
        var refused = tool.run("rejoin", "pgdb1", "--yes", "--no-clone");
        print(refused);
        refused.exits(6);
        assertTrue(refused.names("no-way-back"), refused.err());
        var run = refused.out().replaceAll("(?s).*Run: (\\S+).*", "$1");
        try (var _ = Faults.before(pgdb1, COPY, "*", "sleep 6")) {
            kill(tool, "rejoin", "pgdb1", "--yes", "--break-lock", run);
            var resumed = tool.run("resume", "--yes");
            print(resumed);
            resumed.exits(0);
            assertTrue(resumed.err().contains("cloned"), resumed.err());
        }
        assertBack();
        assertOwn();
        assertEquals(
                "1",
                pgdb1.succeed("cat \"$1.kept-1/PG_VERSION\" | wc -l", BedNode.DATA)
                        .strip());
        anEmptyDataDirectoryGetsACopy(tool);
    }

    /// Whatever its data is: it is kept, and where there is none nothing is missed.
    @Test
    void aNodeGetsANewCopy(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var pgdb3 = bed.host("pgdb3");
        pgdb3.succeed("systemctl stop \"$1\"", BedNode.UNIT);
        var ran = tool.run("clone", "pgdb3", "--yes");
        print(ran);
        ran.exits(0);
        Checker.of(bed).primaryIs("pgdb1").holds();
        assertEquals(BedNode.MAJOR, pgdb3.succeed("cat \"$1.kept-1/PG_VERSION\"", BedNode.DATA));
        assertEquals("", pgdb3.succeed(LEFT));

        pgdb3.succeed("systemctl stop \"$2\"; mv -T \"$1\" \"$1.away\"", BedNode.DATA, BedNode.UNIT);
        var again = tool.run("rejoin", "pgdb3", "--yes");
        print(again);
        again.exits(0);
        Checker.of(bed).primaryIs("pgdb1").holds();
    }

    private void refusedForAFullDisk(Tool tool) {
        var pgdb1 = bed.host("pgdb1");
        var left = "ls -d \"$1\"*; cksum \"$1/global/pg_control\"; systemctl is-active \"$2\" || :";
        var before = pgdb1.succeed(left, BedNode.DATA, BedNode.UNIT);
        var full = "printf 'Filesystem 1024-blocks Used Available Capacity Mounted on\\n/dev/x 9000000 8700000 300000"
                + " 97%% /full\\n'; exit 0";
        try (var _ = Faults.before(pgdb1, "/usr/bin/df", "*/" + BedNode.MAJOR, full)) {
            var refused = tool.run("clone", "pgdb1", "--yes");
            print(refused);
            refused.exits(4);
            assertTrue(refused.names("disk-full"), refused.err());
        }
        assertEquals(before, pgdb1.succeed(left, BedNode.DATA, BedNode.UNIT));
    }

    private void anEmptyDataDirectoryGetsACopy(Tool tool) {
        var pgdb1 = bed.host("pgdb1");
        pgdb1.succeed("systemctl stop \"$2\"; mv -T \"$1\" \"$1.away\"", BedNode.DATA, BedNode.UNIT);
        var ran = tool.run("clone", "pgdb1", "--yes");
        print(ran);
        ran.exits(0);
        assertBack();
    }

    /// A primary that is killed while it has rows that no standby has got, and what is its own.
    private void part(Tool tool) {
        var pgdb1 = bed.node("pgdb1");
        pgdb1.execute("ALTER SYSTEM SET work_mem = '7MB'");
        pgdb1.host().write(BedNode.DATA + "/pg_hba.conf", OWN, "postgres:postgres", "0600");
        pgdb1.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
        var streaming = "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn >= '%s'"
                .formatted(pgdb1.ask("SELECT pg_current_wal_lsn()"));
        Await.until(
                "both standbys have it",
                LIMIT,
                () -> pgdb1.ask(streaming).equals("2"),
                () -> pgdb1.ask(
                        "SELECT string_agg(application_name || ' ' || replay_lsn, ', ') FROM pg_stat_replication"));
        try (var _ = Faults.frozen(bed.host("pgdb2"), "postgres", "walreceiver");
                var _ = Faults.frozen(bed.host("pgdb3"), "postgres", "walreceiver")) {
            pgdb1.execute("CREATE TABLE lost AS SELECT generate_series(1, 20000) AS n");
            Faults.killed(pgdb1.host(), BedNode.UNIT);
        }
        // Else what only it has would be read from its host, and nothing would part.
        try (var _ = Faults.failing(bed.host("pgdb1"), "/usr/bin/cat", "*/pg_wal/0*")) {
            var ran = tool.run("failover", "--to", "pgdb2", "--yes", "--rather-than-start")
                    .exits(7);
            assertTrue((ran.err() + ran.out()).contains("heliosctl rejoin pgdb1"), ran.err());
        }
        bed.node("pgdb2").execute("CREATE TABLE later AS SELECT generate_series(1, 20000) AS n");
    }

    /// It dies while its long command runs.
    private void kill(Tool tool, String... words) throws InterruptedException {
        var begun = tool.begin(words);
        var jobs = "pgrep -f 'heliosctl-jo[b]' | wc -l";
        Await.until(
                "the long command runs",
                LIMIT,
                () -> !bed.host("pgdb1").succeed(jobs).strip().equals("0"),
                () -> read(begun.err()));
        begun.process().destroyForcibly().waitFor();
        System.out.println(bed.host("pgdb1").succeed(LEFT));
    }

    private void assertBack() {
        Checker.of(bed).primaryIs("pgdb2").holds();
        assertEquals("", bed.host("pgdb1").succeed(LEFT));
    }

    private void assertOwn() {
        var pgdb1 = bed.node("pgdb1");
        assertEquals("7MB", pgdb1.ask("SHOW work_mem"));
        assertEquals(OWN, pgdb1.host().read(BedNode.DATA + "/pg_hba.conf"));
        assertEquals("", pgdb1.ask("SELECT coalesce(to_regclass('lost')::text, '')"));
        assertEquals("20000", pgdb1.ask("SELECT count(*) FROM later"));
        assertEquals(List.of("t"), List.of(pgdb1.ask("SELECT pg_is_in_recovery()")));
    }

    private static void print(Tool.Ran ran) {
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
