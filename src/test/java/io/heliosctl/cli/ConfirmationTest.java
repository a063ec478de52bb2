package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.loopback.LoopbackBed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In production the cluster's name is typed, on a (pseudo) terminal; nothing else will do.
@Tag("loopback")
class ConfirmationTest {

    @TempDir
    private static Path directory;

    private static LoopbackBed bed;
    private static Path inventory;

    @BeforeAll
    static void startBed() throws IOException {
        bed = LoopbackBed.start(2);
        var text = Files.readString(bed.cluster().inventory());
        inventory = Files.writeString(
                directory.resolve("inventory.yaml"), text.replace("environment: demo", "environment: production"));
    }

    @AfterAll
    static void stopBed() {
        bed.close();
    }

    @Test
    void withoutATerminalTheAnswerIsNoAndYesIsNotEnough() throws Exception {
        for (var words : List.of(List.<String>of(), List.of("--yes"))) {
            assertEquals("""
                    error[not-confirmed]: nothing was changed: nobody could be asked
                      hint: Add --confirm demo to do it without a terminal.
                    exit 8
                    """, fromTheProblem(plain(words)));
        }
        assertEquals("pgdb1", bed.cluster().primary().name());
    }

    @Test
    void anotherNameIsNo() throws Exception {
        assertEquals("""
                error[not-confirmed]: nothing was changed: "production" is not the cluster's name
                  hint: The cluster is called demo.
                exit 8
                """, fromTheProblem(plain(List.of("--confirm", "production"))));
        assertEquals("pgdb1", bed.cluster().primary().name());
    }

    @Test
    void onATerminalTheNameIsAskedForEvenWithYes() throws Exception {
        var said = onTerminal("yes\n", List.of("--yes"));
        assertTrue(said.contains("This changes demo (production). Type the cluster's name to go on: "), said);
        assertTrue(said.contains("nothing was changed: \"yes\" is not the cluster's name"), said);
        assertTrue(said.endsWith("exit 8\n"), said);
        assertEquals("pgdb1", bed.cluster().primary().name());
    }

    @Test
    void theRightNameMovesThePrimaryAndSoDoesConfirmWithoutATerminal() throws Exception {
        var typed = onTerminal("demo\n", List.of());
        assertTrue(typed.endsWith("exit 0\n"), typed);
        assertEquals("pgdb2", bed.cluster().primary().name());

        var given = plain(List.of("--confirm", "demo"));
        assertTrue(given.endsWith("exit 0\n"), given);
        assertEquals("pgdb1", bed.cluster().primary().name());
        var journals = journals();
        for (var by : List.of(System.getProperty("user.name"), "--confirm")) {
            assertTrue(journals.contains("\"answer\":\"demo\",\"by\":\"" + by + "\""), journals);
        }
    }

    @Test
    void whatIsTypedIntoTheWrongPlaceIsNotKept() throws Exception {
        var runbook = Files.writeString(directory.resolve("ask.yaml"), """
                version: 1
                name: ask
                summary: Asks.
                danger: low
                cast: { old: primary }
                steps:
                  - checkpoint: { target: old }
                  - confirm: { question: "Sure?" }
                """);
        var line = String.join(" ", command("run", List.of(runbook.toString())));
        var said = said(new ProcessBuilder("script", "-qec", line, "/dev/null"), "my-pass-word\n");

        assertTrue(said.endsWith("exit 5\n"), said);
        var journals = journals();
        assertTrue(journals.contains("\"question\":\"Sure?\",\"answer\":\"(neither yes nor no)\""), journals);
        assertTrue(!journals.contains("my-pass-word"), journals);
    }

    private static String journals() throws IOException {
        try (var files = Files.walk(directory.resolve("state"))) {
            var text = new StringBuilder();
            for (var file : files.filter(each -> each.endsWith("journal.jsonl")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    @Test
    void whereAProgramWaitsForJsonThatIsAllThereIsOnStandardOutput() throws Exception {
        var process = new ProcessBuilder(command(List.of("-o", "json")));
        var out = said(process.redirectError(ProcessBuilder.Redirect.DISCARD), "");
        assertTrue(out.startsWith("{\n  \"schema\" : \"heliosctl.run.v1\",\n"), out);
        assertTrue(out.contains("\"code\" : \"not-confirmed\""), out);
        assertTrue(out.endsWith("\n}\nexit 8\n"), out);
    }

    private static String fromTheProblem(String said) {
        return said.substring(Math.max(0, said.indexOf("error[")));
    }

    private static String plain(List<String> more) throws Exception {
        return said(new ProcessBuilder(command(more)).redirectErrorStream(true), "");
    }

    /// script(1) gives the program a terminal and passes on what is typed.
    private static String onTerminal(String typed, List<String> more) throws Exception {
        var line = String.join(" ", command(more));
        return said(new ProcessBuilder("script", "-qec", line, "/dev/null").redirectErrorStream(true), typed);
    }

    private static List<String> command(List<String> more) {
        return command("switchover", more);
    }

    private static List<String> command(String command, List<String> more) {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var words = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", Main.class.getName()));
        words.addAll(List.of(command, "-i", inventory.toString()));
        words.addAll(more);
        return words;
    }

    private static String said(ProcessBuilder builder, String typed) throws Exception {
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        builder.environment().put("TERM", "dumb");
        var process = builder.start();
        // Closed only at the end: on a terminal the end of the input would be an answer too.
        try (var input = process.getOutputStream()) {
            input.write(typed.getBytes(StandardCharsets.UTF_8));
            input.flush();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.replace("\r", "") + "exit " + process.waitFor() + "\n";
        }
    }
}
