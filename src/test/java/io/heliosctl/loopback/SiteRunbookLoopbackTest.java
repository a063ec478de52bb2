package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.hosts.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A site's own switchover, with commands and SQL of its own, on real servers.
@Tag("loopback")
class SiteRunbookLoopbackTest {

    private static final String HEAD = """
            version: 1
            name: ours
            summary: A switchover with a word before and after.
            cast: { old: primary, new: candidate, standbys: other_standbys, poolers: poolers }
            steps:
              - name: What time it is there
                sql: { target: old, text: "SELECT 41 + 1 AS answer, pg_is_in_recovery() AS standby" }
                expect: not result.row.standby
                register: asked
              - name: Hold the backups
                command: { target: old, run: [touch, "@DIR@/held-{{ asked.row.answer }}"] }
                unless: { command: [test, -e, "@DIR@/held-{{ asked.row.answer }}"] }
                undo: { command: { run: [rm, "@DIR@/held-{{ asked.row.answer }}"] } }
              - name: The standby has it all
                wait: { target: new, until: { sql: SELECT pg_is_in_recovery() }, every: 100ms, timeout: 10s }
              - name: Sure?
                confirm: { question: "Go on?" }
            """;

    private static final String MOVE = """
              - pause_pool: { target: poolers }
              - point_pool: { target: poolers, at: new }
              - stop_postgres: { target: old }
              - wait_for_wal: { target: new }
              - promote: { target: new }
              - resume_pool: { target: poolers }
              - follow: { target: standbys, upstream: new }
              - rejoin: { target: old, upstream: new }
              - name: Say that it was done
                when: asked.row.answer == 42
                command:
                  target: new
                  script: |
                    cd @DIR@
                    echo {{ this.name | sh }} > moved
              - name: Not this time
                when: asked.row.answer == 43
                command: { target: new, run: [touch, "@DIR@/never"] }
            verify:
              - single_primary: { is: new }
              - write_probe: { target: poolers }
            """;

    private static final String FAIL = """
              - name: It does not work out
                command: { target: poolers, script: "echo no luck >&2; exit 7" }
            """;

    @TempDir
    static Path state;

    private static LoopbackBed bed;
    private static Tool tool;
    private static Path directory;

    @BeforeAll
    static void start() throws IOException {
        bed = LoopbackBed.start(3);
        tool = new Tool(bed.cluster().inventory(), state);
        directory = LoopbackBed.directory();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void takesItsOwnStepsBackAndThenGoesThrough() throws IOException {
        var primary = bed.cluster().primary().name();
        var failed = tool.run("run", runbook("failing", HEAD + FAIL), "--yes").exits(5);
        assertTrue(failed.err().contains("no luck") || failed.out().contains("no luck"), failed::err);
        assertEquals(primary, bed.cluster().primary().name());
        assertFalse(Files.exists(directory.resolve("held-42")), "the command was not taken back");

        var planned = tool.run("run", runbook("ours", HEAD + MOVE), "--dry-run").exits(0);
        assertTrue(planned.out().contains("only its exit status tells"), planned::out);
        assertFalse(Files.exists(directory.resolve("held-42")), "a dry run changed something");

        tool.run("run", runbook("ours", HEAD + MOVE), "--yes").exits(0);
        assertFalse(bed.cluster().primary().name().equals(primary));
        assertTrue(Files.exists(directory.resolve("held-42")));
        assertEquals(bed.cluster().primary().name() + "\n", Files.readString(directory.resolve("moved")));
        assertFalse(Files.exists(directory.resolve("never")));
    }

    private static String runbook(String name, String text) throws IOException {
        var file = state.resolve(name + ".yaml");
        Files.writeString(file, text.replace("@DIR@", directory.toString()));
        return file.toString();
    }
}
