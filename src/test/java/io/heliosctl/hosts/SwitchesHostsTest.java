package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Await;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Writers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// heliosctl is killed between PAUSE and promotion and nobody comes back, on real hosts: watchers that outlive
/// their OpenSSH session, sudo with the printed file alone, systemd.
@OnHosts
class SwitchesHostsTest {

    private static final Duration BUDGET = Duration.ofSeconds(6);
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final String LEFT = """
            ls /run/lock /tmp | grep -F .switch. || :
            pgrep -af '[h]eliosctl-switch /' || :
            """;

    private static Tool tool;

    @TempDir
    private static Path state;

    private final HostsBed bed;

    SwitchesHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path directory) {
        tool = Prepared.fresh(bed, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"point_pool", "stop_postgres"})
    void theOldPrimaryServesItsClientsAgain(String behind) throws Exception {
        Prepared.fresh(bed, state);
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, Duration.ofSeconds(30));
            var begun = tool.begin(
                    "run", runbook(behind).toString(), "--yes", "--set", "pause_budget=6s", "--set", "stop_budget=3s");
            Await.until("the run waits", Duration.ofSeconds(60), () -> said(begun, behind), () -> read(begun.err()));
            begun.process().destroyForcibly().waitFor();
            var killed = System.nanoTime();
            System.out.println(left());

            writers.awaitAcknowledgements(50, BUDGET.plus(SLACK));
            System.out.printf("served again %d ms after the kill%n", (System.nanoTime() - killed) / 1_000_000);
            var report = writers.stop();
            System.out.println("errors: " + report.errors());
            Checker.of(bed).primaryIs("pgdb1").after(report).holds();
        }
        var status = tool.run("status").exits(0);
        System.out.println(status.out());
        assertTrue(status.out().contains("Dead-man's switch of pgdb1") == behind.equals("stop_postgres"), status.out());
        assertTrue(status.out().contains("clients were let in."), status.out());
        goesOn();
    }

    @Test
    void nothingIsLeftOfThemAfterASwitchover() {
        Prepared.fresh(bed, state);
        tool.run("switchover", "--to", "pgdb2", "--yes").exits(0);
        assertNothingIsLeft();
    }

    /// The next run moves the primary, and forgets what has fired.
    private void goesOn() {
        var refused = tool.run("switchover", "--yes", "--to", "pgdb2");
        assertEquals(4, refused.exit(), refused.err());
        var run = refused.err().replaceAll("(?s).*--break-lock (\\S+).*", "$1");
        tool.run("switchover", "--yes", "--to", "pgdb2", "--break-lock", run).exits(0);
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        Await.until(
                "nothing is left of the switches",
                Duration.ofSeconds(5),
                () -> left().isEmpty(),
                () -> List.of(left()));
    }

    private String left() {
        return bed.hosts().stream()
                .map(host -> host.succeed(LEFT))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static Path runbook(String behind) throws IOException {
        var text = Files.readString(Path.of("runbooks/switchover.yaml"));
        var next = text.indexOf("\n\n", text.indexOf("\n    " + behind + ":"));
        var wait = "\n\n  - name: Wait to be killed\n    wait: { for: 20s, timeout: 21s }";
        return Files.writeString(
                state.resolve(behind + ".yaml"), text.substring(0, next) + wait + text.substring(next));
    }

    private static boolean said(Tool.Begun begun, String behind) {
        return read(begun.err())
                .contains(behind.equals("point_pool") ? "ok   Render pgbouncer.ini" : "ok   Stop the old primary");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
