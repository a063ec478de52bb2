package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            org.junit.jupiter.api.Assertions.assertThrows(java.net.SocketTimeoutException.class, listening::accept);
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

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
