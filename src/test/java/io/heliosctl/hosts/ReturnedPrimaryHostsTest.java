package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A former primary is back: what is said of it within one call, and what mends it.
@OnHosts
class ReturnedPrimaryHostsTest {

    private static final Pattern FORK =
            Pattern.compile("Timeline 2 of pgdb2 forked off timeline 1 at ([0-9A-F]+/[0-9A-F]+)");
    private static final Pattern FOUND =
            Pattern.compile("pgdb1 has ([0-9]+) transactions \\(([0-9.]+ [kM]?B) of WAL\\) that pgdb2 does not have");

    private static final Pattern COUNTED = Pattern.compile("\"transactions\" : ([0-9]+)");

    private final HostsBed bed;

    ReturnedPrimaryHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// R6: it never could be reached, so it comes back writable; the timelines tell which is right.
    @Test
    void writableAndLeftBehind(@TempDir Path state) throws SQLException {
        var tool = Prepared.fresh(bed, state);
        var pgdb1 = bed.node("pgdb1");
        pgdb1.execute("CREATE TABLE kept (n int)");
        bed.host("pgdb1").powerOff();
        shown(tool.run("failover", "--to", "pgdb2", "--yes", "--fenced", "pgdb1"))
                .exits(7);
        bed.node("pgdb2").execute("CREATE TABLE later (n int)");
        bed.host("pgdb1").powerOn();
        for (int i = 0; i < 3; i++) {
            pgdb1.execute("INSERT INTO kept VALUES (%d)".formatted(i));
        }
        try (var _ = pgdb1.connect("app")) {
            var status = shown(tool.run("status"));
            assertTrue(status.names("split-brain"), status.err());
            assertEquals(fork(), found(FORK, status.err()));
            assertTrue(Integer.parseInt(found(FOUND, status.err())) >= 3, status.err());
            assertTrue(status.err().contains("led to by pgb2; connected to it past them: "), status.err());
            assertTrue(status.err().contains("(user bed) from "), status.err());
            assertTrue(status.err().contains("heliosctl fence pgdb1"), status.err());
            assertFalse(status.err().contains("heliosctl fence pgdb2"), status.err());
            var json = shown(tool.run("status", "-o", "json")).out();
            assertTrue(json.contains("\"diagnosis\" : \"split_brain\""), json);
            assertTrue(json.contains("\"right\" : \"pgdb2\""), json);
            assertTrue(json.contains("\"fork\" : \"%s\"".formatted(fork())), json);
        }
        for (var words : List.of(
                List.of("switchover", "--yes"), List.of("failover", "--yes"), List.of("run", "route", "--yes"))) {
            var refused = tool.run(words.toArray(String[]::new)).exits(4);
            assertTrue(refused.names("split-brain"), refused.err());
            assertTrue(refused.err().contains("heliosctl fence pgdb1"), refused.err());
        }
        var wrong = shown(tool.run("fence", "pgdb2", "--yes")).exits(8);
        assertTrue(wrong.err().contains("by the timelines it is the primary"), wrong.err());
        assertFalse(bed.node("pgdb2").inRecovery());
        var fenced = shown(tool.run("fence", "pgdb1", "--yes")).exits(7);
        assertTrue(Integer.parseInt(found(FOUND, fenced.out())) >= 3, fenced.out());
        assertTrue(fenced.out().contains("Loss: at most "), "what the failover has announced: " + fenced.out());
        shown(tool.run("run", "route", "--yes")).exits(0);
        var after = shown(tool.run("status"));
        assertFalse(after.names("split-brain"), after.err());
        assertTrue(Integer.parseInt(found(FOUND, after.err())) >= 3, after.err());
        bed.host("pgdb1").run("systemctl start \"$1\"", BedNode.UNIT);
        assertNotWritable();
    }

    private String fork() {
        return bed.node("pgdb2").ask("SELECT split_part(pg_read_file('pg_wal/00000002.history'), E'\\t', 2)");
    }

    private static Tool.Ran shown(Tool.Ran ran) {
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
        return ran;
    }

    private static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    /// A server whose history has parted from the others' may refuse to start at all.
    private void assertNotWritable() {
        try {
            assertEquals(List.of("t"), bed.node("pgdb1").query("SELECT pg_is_in_recovery()"));
        } catch (SQLException notThere) {
            assertFalse(notThere.getMessage().isEmpty());
        }
    }

    /// R5: it crashed and was reached once, so it is read-only whoever starts it; what only it has is counted
    /// at once.
    @Test
    void readOnlyWhoeverStartsIt(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var pgdb1 = bed.node("pgdb1");
        pgdb1.execute("CREATE TABLE kept (n int)");
        for (var name : List.of("pgdb2", "pgdb3")) {
            Breaks.await(bed.node(name), "SELECT count(*) FROM kept", "0");
            Breaks.notStreaming(bed.node(name));
        }
        for (int i = 0; i < 3; i++) {
            pgdb1.execute("INSERT INTO kept VALUES (%d)".formatted(i));
        }
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        var ran = shown(tool.run("failover", "--to", "pgdb2", "--yes", "--rather-than-start", "-o", "json"));
        ran.exits(7);
        var missing = 3 - Integer.parseInt(bed.node("pgdb2").ask("SELECT count(*) FROM kept"));
        var counted = COUNTED.matcher(ran.out());
        assertEquals(missing > 0, counted.find(), ran.out());
        assertTrue(missing == 0 || Integer.parseInt(counted.group(1)) >= missing, ran.out());
        assertTrue(ran.out().contains("\"first_writes_ms\" : {"), ran.out());
        for (int start = 0; start < 2; start++) {
            bed.host("pgdb1").run("systemctl start \"$1\"", BedNode.UNIT);
            assertNotWritable();
            var status = shown(tool.run("status"));
            assertFalse(status.names("split-brain"), status.err());
            assertEquals(missing > 0, status.err().contains("warning[left-behind]"), status.err());
            bed.host("pgdb1").powerOff();
            bed.host("pgdb1").powerOn();
        }
    }

    /// Somebody has taken standby.signal away: both write the same timeline, so nobody can tell by it which is
    /// right.
    @Test
    void writableOnTheSameTimeline(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        bed.host("pgdb3")
                .succeed(
                        "systemctl stop \"$1\" && rm \"$2/standby.signal\" && systemctl start \"$1\"",
                        BedNode.UNIT,
                        BedNode.DATA);
        var status = shown(tool.run("status"));
        assertTrue(status.names("split-brain"), status.err());
        assertTrue(status.err().contains("The timelines do not tell which is right"), status.err());
        assertTrue(status.err().contains("both write timeline 1"), status.err());
        assertTrue(status.err().contains("heliosctl fence NODE"), status.err());
        var json = tool.run("status", "-o", "json").out();
        assertTrue(json.contains("\"right\" : null"), json);
        for (var node : List.of("pgdb1", "pgdb3")) {
            shown(tool.run("fence", node, "--yes")).exits(8);
            tool.run("fence", node, "--yes", "--words", "stop pgdb2").exits(8);
            assertFalse(bed.node(node).inRecovery());
        }
        shown(tool.run("fence", "pgdb3", "--yes", "--words", "stop pgdb3")).exits(7);
        assertFalse(bed.node("pgdb1").inRecovery());
        shown(tool.run("status"));
    }
}
