package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.document.Json;
import io.heliosctl.hosts.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What is told of real runs afterwards is what happened.
@Tag("loopback")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunsLoopbackTest {

    private static final String FAILING = """
            version: 1
            name: failing
            summary: Fails on purpose.
            cast: { old: primary, poolers: poolers }
            steps:
              - name: Sure?
                confirm: { question: "Is it {{ cluster.name }}?" }
              - checkpoint: { target: old }
              - name: It does not work out
                command: { target: old, script: "echo no luck at all >&2; exit 7" }
            """;

    /// A file system of two pages: one for the lock, one for the journal, which needs three.
    private static final String TINY_DISK = """
            mount -t tmpfs -o size=8k,mode=700 tmpfs "$XDG_STATE_HOME" || exit 99
            "$@"
            code=$?
            cat "$XDG_STATE_HOME"/heliosctl/runs/*/journal.jsonl > "$JOURNAL"
            exit $code
            """;

    @TempDir
    static Path state;

    private static LoopbackBed bed;
    private static Tool tool;

    @BeforeAll
    static void start() {
        bed = LoopbackBed.start(2);
        tool = new Tool(bed.cluster().inventory(), state);
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    @Order(1)
    void theStoryOfASwitchoverIsWhatHappened() throws Exception {
        var ran = Json.object(tool.run("switchover", "--yes", "--reason", "kernel update", "-o", "json")
                        .exits(0)
                        .out())
                .orElseThrow();
        var id = (String) ran.get("run");

        var story = json("runs", id.substring(0, 20));

        assertEquals(id, story.get("run"));
        assertEquals("succeeded", story.get("outcome"));
        assertEquals("done", story.get("standing"));
        assertEquals("kernel update", story.get("reason"));
        assertEquals(System.getProperty("user.name"), story.get("user"));
        assertTrue(story.get("inventory_sha256").toString().matches("[0-9a-f]{64}"));
        var session = maps(story, "sessions").getFirst();
        assertEquals("--yes", maps(session, "answers").getFirst().get("by"));
        var reported = maps(ran, "steps").stream()
                .flatMap(step -> maps(step, "targets").stream().map(target -> word(step.get("name"), target)))
                .sorted()
                .toList();
        var journalled = maps(session, "steps").stream()
                .map(step -> word(step.get("name"), step))
                .sorted()
                .toList();
        assertEquals(reported, journalled);
        assertTrue(journalled.contains(
                "Promote on %s: changed".formatted(bed.cluster().primary().name())));
        assertEquals(
                List.of(id),
                maps(json("runs"), "runs").stream().map(run -> run.get("run")).toList());
        assertEquals(List.of(), maps(json("runs", "--cluster", "other"), "runs"));
        assertEquals(true, maps(json("runs", "verify"), "runs").getFirst().get("ok"));
    }

    @Test
    @Order(2)
    void allOfItIsForTheOwnerAlone() throws IOException {
        try (var files = Files.walk(state.resolve("heliosctl"))) {
            for (var file : files.toList()) {
                var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------", mode, file.toString());
            }
        }
    }

    @Test
    @Order(3)
    void theOutputOfAFailedCommandAndTheAnswerAreKept() throws IOException {
        var runbook = Files.writeString(state.resolve("failing.yaml"), FAILING);
        var failed = tool.run("run", runbook.toString(), "--yes").exits(5);
        var id = failed.out()
                .lines()
                .filter(line -> line.startsWith("Run: "))
                .findFirst()
                .orElseThrow()
                .substring(5);

        var told = tool.run("runs", id).exits(0).out();

        assertTrue(told.contains("no luck at all"), told);
        assertTrue(told.contains("Is it demo?"), told);
        assertTrue(told.contains("Answered:       \"y\", by --yes"), told);
        assertTrue(told.contains("It stands: taken back"), told);
        assertTrue(tool.run("runs").exits(0).out().contains("| taken back |"));
    }

    @Test
    @Order(4)
    void aChangedJournalIsFoundAndStillListed() throws IOException {
        var id = (String) maps(json("runs"), "runs").getLast().get("run");
        var journal = state.resolve("heliosctl/runs").resolve(id).resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("kernel update", "kernel upgrade"));

        var verified = tool.run("runs", "verify").exits(3).out();

        assertTrue(verified.contains(id + ": broken: line 1 was changed."), verified);
        assertTrue(tool.run("runs").exits(0).out().contains("Broken: heliosctl runs verify " + id));
        tool.run("runs", "nothing").exits(2);
    }

    @Test
    @Order(6)
    void whereOthersCouldWriteNoRunIsMade() throws IOException {
        var directory = state.resolve("heliosctl");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));

        var refused = tool.run("switchover", "--yes").exits(4);

        assertTrue(refused.names("state-unsafe"), refused.err());
        assertTrue(refused.err().contains("hint: chmod 700 " + directory), refused.err());
    }

    @Test
    @Order(5)
    void aFullDiskChangesNothingAndKeepsNobodyWaiting() throws Exception {
        var primary = bed.cluster().primary().name();
        var disk = Files.createDirectory(state.resolve("disk"));
        var journal = state.resolve("journal");
        var err = state.resolve("full.txt");
        var builder = new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", TINY_DISK, "sh")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(err.toFile())
                .redirectErrorStream(true);
        builder.command()
                .addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.heliosctl.cli.Main",
                        "-i",
                        bed.cluster().inventory().toString(),
                        "switchover",
                        "--yes"));
        builder.environment().put("XDG_STATE_HOME", disk.toString());
        builder.environment().put("JOURNAL", journal.toString());
        var process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        Assumptions.assumeFalse(process.exitValue() == 99 || read(err).startsWith("unshare: "), () -> read(err));

        assertEquals(5, process.exitValue(), () -> read(err));
        assertTrue(read(err).contains("error[journal-unwritable]"), () -> read(err));
        assertEquals(primary, bed.cluster().primary().name());
        var begun = Files.readAllLines(journal);
        assertTrue(begun.getFirst().contains("\"ev\":\"run\""));
        assertTrue(begun.stream().allMatch(line -> Json.object(line).isPresent()), "a line was left in part");
        assertFalse(read(journal).contains("\"verb\":\"stop_postgres\""));
        assertEquals(
                List.of(false, false),
                maps(maps(json("status"), "clusters").getFirst(), "poolers").stream()
                        .map(pooler -> pooler.get("paused"))
                        .toList());
    }

    private static String word(Object name, Map<?, ?> target) {
        return "%s on %s: %s".formatted(name, target.get("target"), target.get("status"));
    }

    private static Map<String, Object> json(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-o", "json"));
        var out = tool.run(all.toArray(String[]::new)).exits(0).out();
        return Json.object(out).orElseThrow(() -> new AssertionError(out));
    }

    private static List<Map<?, ?>> maps(Map<?, ?> json, String name) {
        return ((List<?>) json.get(name))
                .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
