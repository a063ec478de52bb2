package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.document.Json;
import io.heliosctl.hosts.Tool;
import io.heliosctl.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Dry runs and saved plans on real servers.
@Tag("loopback")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DryRunLoopbackTest {

    private static final String SITE = """
            version: 1
            name: ours
            summary: With a question of its own.
            cast: { old: primary }
            steps:
              - name: Note it
                sql: { target: old, text: CREATE TABLE noted (n int) }
                unless: { sql: "SELECT to_regclass('noted') IS NOT NULL" }
              - name: Note it elsewhere
                command: { target: old, run: [touch, "@DIR@/noted"] }
                unless: { command: [touch, "@DIR@/asked"] }
            """;

    @TempDir
    static Path state;

    private static LoopbackBed bed;
    private static Tool tool;
    private static Path plan;

    @BeforeAll
    static void start() {
        bed = LoopbackBed.start(3);
        tool = new Tool(bed.cluster().inventory(), state);
        plan = state.resolve("plan.json");
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    @Order(1)
    void leavesEveryFileAsItWas() throws IOException {
        var before = files();

        var ran = tool.run("switchover", "--to", "pgdb2", "--dry-run", "--out", plan.toString())
                .exits(0);

        assertEquals(before, files());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)));
        for (var told : List.of(
                "  pgdb2  primary, timeline 2",
                "sql      select pg_promote(false)",
                "console  PAUSE",
                "+++ pgb1:",
                "+primary_conninfo = 'host=",
                "ok  pgdb3  logged in at pgdb2 for replication",
                "ok  pgb1   pgbouncer.ini written beside the live one, read back, removed")) {
            assertTrue(ran.out().contains(told), told + " is not in:\n" + ran.out());
        }
    }

    @Test
    @Order(2)
    void theTwinForMachinesIsTheFile() throws IOException {
        var ran = tool.run("switchover", "--to", "pgdb2", "--dry-run", "-o", "json")
                .exits(0);

        var printed = Json.object(ran.out()).orElseThrow();
        var saved = Json.object(Files.readString(plan)).orElseThrow();
        for (var key : List.of("cast", "fingerprint", "told_sha256", "steps", "diffs", "before", "after")) {
            assertEquals(saved.get(key), printed.get(key), key);
        }
    }

    @Test
    @Order(3)
    void asksWhatOnlyReadsAndNothingElse() throws IOException, SQLException {
        var directory = LoopbackBed.directory();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var runbook = Files.writeString(state.resolve("ours.yaml"), SITE.replace("@DIR@", directory.toString()));

        var ran = tool.run("run", runbook.toString(), "--dry-run").exits(0);

        assertTrue(ran.out().contains("IS NOT NULL: no, so the step will be made"), ran.out());
        assertTrue(ran.out().contains("not asked, a command may change something"), ran.out());
        assertFalse(Files.exists(directory.resolve("asked")));
        assertEquals(List.of(List.of("t")), bed.cluster().primary().sql("select to_regclass('noted') is null"));
    }

    @Test
    @Order(4)
    void refusesWhileAnotherManagerIsAtWork() throws IOException, InterruptedException {
        var program = Files.copy(Path.of("/bin/sleep"), state.resolve("patroni"));
        var process = new ProcessBuilder(program.toString(), "600").start();
        try {
            var refused = tool.run("switchover", "--yes").exits(4);
            assertTrue(refused.names("other-manager"), refused::err);
            assertTrue(refused.err().contains("Seen: process " + process.pid()), refused::err);

            var warned = tool.run("switchover", "--dry-run", "--accept-manager", "patroni")
                    .exits(0);
            assertTrue(warned.err().contains("warning[other-manager]"), warned::err);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    @Order(5)
    void aFileThatIsNoPlanIsNeitherReplacedNorRun() throws IOException {
        var other = Files.writeString(state.resolve("notes"), "mine");

        assertTrue(tool.run("switchover", "--dry-run", "--out", other.toString())
                .exits(3)
                .names("not-a-plan"));
        assertTrue(tool.run("switchover", "--plan", other.toString()).exits(3).names("not-a-plan"));
        assertEquals("mine", Files.readString(other));
        tool.run("switchover", "--out", plan.toString()).exits(2);
        tool.run("switchover", "--plan", plan.toString(), "--to", "pgdb3").exits(2);
        tool.run("run").exits(2);
    }

    @Test
    @Order(6)
    void isStaleWhenTheInventoryIsAnother() {
        var refused = tool.run("run", "--plan", plan.toString(), "--yes", "--set", "nodes.pgdb3.priority=7")
                .exits(4);

        assertTrue(refused.names("stale-plan"), refused::err);
        assertTrue(refused.err().contains("the inventory has changed"), refused::err);
        assertEquals("pgdb1", bed.cluster().primary().name());
    }

    @Test
    @Order(7)
    void isMadeAndThenIsStale() {
        tool.run("run", "--plan", plan.toString(), "--yes").exits(0);
        assertEquals("pgdb2", bed.cluster().primary().name());

        for (var command : List.of("run", "switchover")) {
            var refused = tool.run(command, "--plan", plan.toString(), "--yes").exits(4);
            assertTrue(refused.names("stale-plan"), refused::err);
            assertTrue(refused.err().contains("the cluster has changed"), refused::err);
        }
        assertEquals("pgdb2", bed.cluster().primary().name());
    }

    /// Every file of the bed that is not written by servers all the time, by its content.
    private static Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (var walk = Files.walk(bed.cluster().inventory().getParent())) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.toString().matches(".*(/pg_wal/|/base/|/global/|/pg_[a-z]+/|\\.log|/postmaster.*).*")) {
                    files.put(
                            file.toString(), Bytes.of(Files.readAllBytes(file)).sha256());
                }
            }
        }
        return files;
    }
}
