package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.document.Json;
import io.heliosctl.run.Fingerprint;
import io.heliosctl.run.SavedFiles;
import io.heliosctl.run.SavedPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisuseTest {

    private static final String EXAMPLE = "inventory.example.yaml";

    @TempDir
    private Path directory;

    @Test
    void aMistypedOptionIsAnsweredInThreeLines() {
        assertEquals("""
                error[usage]: there is no option "--dryrun" here
                  hint: Did you mean "--dry-run"? Try "heliosctl switchover --help".
                exit 2
                """, Typed.run("switchover", "--dryrun").whole());
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
        assertEquals("""
                error[usage]: there is no command "swichover" here
                  hint: Did you mean "switchover"? Try "heliosctl --help".
                exit 2
                """, Typed.run("swichover").whole());
        assertEquals("""
                error[usage]: unknown subcommand 'statsu'
                  hint: Did you mean "status"? Try "heliosctl --help".
                exit 2
                """, Typed.run("help", "statsu").whole());
    }

    @Test
    void aValueOfTheWrongKindIsUsage() {
        assertEquals("""
                error[usage]: invalid value for option '--drain': 'soon' is not a time such as 500ms, 10s, 5m or 1h
                  hint: Try "heliosctl switchover --help".
                exit 2
                """, Typed.run("switchover", "--drain", "soon").whole());
    }

    @Test
    void withoutACommandTheHelpIsShownAndNothingIsDone() {
        var typed = Typed.run();
        assertEquals(2, typed.code());
        assertEquals("", typed.out());
        assertTrue(typed.err().contains("Usage: heliosctl "), typed.err());
    }

    @Test
    void aClusterOrNodeThatIsNotInTheInventoryIsUsage() {
        assertEquals("""
                error[unknown-cluster]: there is no cluster "mian" in the inventory
                  detail: There: main, reports.
                  hint: Did you mean "main"?
                exit 2
                """, Typed.run("status", "mian", "-i", EXAMPLE).whole());
        assertEquals(
                """
                error[unknown-node]: there is no node "pgdb9" in the inventory
                  detail: There: pgdb1, pgdb2, pgdb3, reports1, reports2.
                  hint: Did you mean "pgdb1"?
                exit 2
                """, Typed.run("switchover", "--to", "pgdb9", "-i", EXAMPLE).whole());
    }

    @Test
    void twoClustersMustBeToldApart() {
        assertEquals("""
                error[which-cluster]: inventory.example.yaml has 2 clusters
                  hint: Name one: main, reports.
                exit 2
                """, Typed.run("switchover", "-i", EXAMPLE).whole());
    }

    @Test
    void anInventoryThatIsNotThereIsNamed() {
        assertEquals("""
                error[no-such-file]: there is no file nowhere.yaml
                exit 3
                """, Typed.run("status", "-i", "nowhere.yaml").whole());
    }

    @Test
    void aWrongFileIsFoundBeforeAnyConnectionIsOpened() throws IOException {
        try (var listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(1);
            var inventory =
                    Files.writeString(directory.resolve("inventory.yaml"), """
                    version: 1
                    defaults: { ssh: { port: %d }, postgres: { data_dir: /d, bin_dir: /b } }
                    clusters: { main: { nodes: { a: { hots: 127.0.0.1 } } } }
                    """.formatted(listening.getLocalPort()));
            for (var command : List.of("status", "switchover", "render")) {
                assertEquals(3, Typed.run(command, "-i", inventory.toString()).code(), command);
            }
            org.junit.jupiter.api.Assertions.assertThrows(SocketTimeoutException.class, listening::accept);
        }
    }

    @Test
    void whereAProgramWaitsForJsonARefusalIsOneDocumentToo() {
        var problems = """
                "problems" : [ {
                    "severity" : "error",
                    "code" : "no-such-file",
                    "message" : "there is no file nowhere.yaml",
                    "detail" : "",
                    "hint" : ""
                  } ]
                }
                """;
        var status = Typed.run("status", "-o", "json", "-i", "nowhere.yaml");
        assertEquals("{ \"schema\" : \"heliosctl.problems.v1\", " + flat(problems), flat(status.out()));
        assertEquals(3, status.code());
        var switchover = Typed.run("switchover", "-o", "json", "-i", "nowhere.yaml");
        assertEquals("{ \"schema\" : \"heliosctl.problems.v1\", " + flat(problems), flat(switchover.out()));
        assertEquals(3, switchover.code());
    }

    @Test
    void whatIsOnlyForADryRunIsNotTakenForOne() {
        for (var words : List.of("switchover", "failover", "rejoin pgdb1", "clone pgdb1", "fence pgdb1")) {
            assertEquals(
                    """
                    error[usage]: --out saves the plan of a --dry-run, and there is no --dry-run
                      hint: Try "heliosctl %s --help".
                    exit 2
                    """.formatted(words.split(" ", -1)[0]),
                    Typed.run((words + " --out plan.json -i " + EXAMPLE).split(" ", -1))
                            .whole());
        }
    }

    @Test
    void aPlanIsOnlyMadeByTheCommandThatItIsOf() throws IOException {
        var plan = new SavedPlan(
                "main",
                new SavedFiles("rejoin", "a".repeat(64), "b".repeat(64)),
                Map.of("node", "pgdb1"),
                Map.of(),
                new Fingerprint(List.of(), new TreeMap<>()),
                Optional.of("c".repeat(64)));
        var file = Files.writeString(directory.resolve("plan.json"), Json.line(plan.asMap()));
        var whole = "--plan has cluster, runbook and parameters in it; give none of them: heliosctl run --plan " + file;

        for (var other : List.of("clone pgdb1", "fence pgdb1", "failover", "switchover", "rejoin pgdb1 --clone")) {
            assertMisused("this is a plan of rejoin: heliosctl run --plan " + file, other, file);
        }
        for (var other : List.of("rejoin pgdb2", "rejoin pgdb1 --no-clone", "rejoin pgdb1 main")) {
            assertMisused(whole, other, file);
        }
        var its = Typed.run("rejoin", "pgdb1", "-i", EXAMPLE, "--plan", file.toString());
        assertTrue(
                its.err().contains("error[stale-plan]: since this plan was saved, the runbook has changed"), its.err());
    }

    private static void assertMisused(String message, String words, Path plan) {
        var typed = Typed.run((words + " -i " + EXAMPLE + " --plan " + plan).split(" ", -1));
        assertEquals(
                "error[usage]: %s\n  hint: Try \"heliosctl %s --help\".\nexit 2\n"
                        .formatted(message, words.split(" ", -1)[0]),
                typed.whole());
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
