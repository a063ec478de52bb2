package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.Account;
import io.heliosctl.demo.LoopbackCluster;
import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.demo.Writers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bed itself: what other tests rely on.
@Tag("loopback")
class LoopbackClusterTest {

    private static LoopbackBed bed;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBed() {
        bed = LoopbackBed.start(3);
    }

    @AfterAll
    static void stopBed() {
        bed.close();
    }

    @Test
    void clientsWriteThroughBothPoolersWithoutAnError() throws Exception {
        Writers writers = Writers.start(bed.cluster(), 8, Duration.ZERO);
        Thread.sleep(Duration.ofSeconds(3));
        Writers.Report report = writers.stop();
        assertEquals(
                "0 errors, 0 lost, ", report.errors() + " errors, " + report.lost() + " lost, " + report.firstError());
        assertTrue(report.acknowledged() > 100, () -> report.acknowledged() + " rows in 3 s");
    }

    @Test
    void aRowThatIsGoneCountsAsLost() throws Exception {
        Writers writers = Writers.start(bed.cluster(), 2, Duration.ofMillis(5));
        waitFor(() -> writers.acknowledged() > 20);
        try (var connection = bed.cluster().primary().connect("app")) {
            connection
                    .createStatement()
                    .execute("DELETE FROM demo_written WHERE writer = 1 AND seq = 3 AND ctid IN ("
                            + "SELECT ctid FROM demo_written ORDER BY at DESC LIMIT 1000)");
        }
        assertEquals(1, writers.stop().lost());
    }

    @Test
    void aCommandRunsAsTheServersOwnUserOnEveryHost() throws Exception {
        for (LoopbackNode node : bed.cluster().nodes()) {
            assertEquals(Account.current().user() + "\n", ssh(node, "whoami"));
        }
    }

    @Test
    void theSuperuserAndHeliosctlComeInByTheSocketWithoutAPassword() throws Exception {
        LoopbackNode node = bed.cluster().node("pgdb2");
        assertEquals(
                "heliosctl|t\n",
                ssh(
                        node,
                        "psql -XAtw -h %s -p %d -U heliosctl -c 'select current_user, pg_is_in_recovery()' postgres"
                                .formatted(
                                        node.member().directory().resolve("run"),
                                        node.member().port())));
    }

    @Test
    void aSocketIsForwardedToThisSide() throws Exception {
        LoopbackNode node = bed.cluster().node("pgdb3");
        Path remote = node.member()
                .directory()
                .resolve("run/.s.PGSQL." + node.member().port());
        Path local = directory.resolve(".s.PGSQL.5432");
        Process forward = new ProcessBuilder(client(node, "-N", "-L", local + ":" + remote))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            waitFor(() -> Files.exists(local));
            assertEquals(
                    "heliosctl|pgdb3\n",
                    run(List.of(
                            "psql",
                            "-XAtw",
                            "-h",
                            directory.toString(),
                            "-U",
                            "heliosctl",
                            "-c",
                            "select current_user, current_setting('cluster_name')",
                            "postgres")));
        } finally {
            forward.destroy();
        }
    }

    @Test
    void theConsoleAnswersWhoeverRunsPgBouncer() throws Exception {
        var pooler = bed.cluster().poolers().getFirst().member();
        String answer = ssh(
                bed.cluster().nodes().getFirst(),
                "psql -XAtw -h %s -p %d pgbouncer -c 'SHOW DATABASES'"
                        .formatted(pooler.directory().resolve("run"), pooler.port()));
        var primary = bed.cluster().primary().member();
        assertTrue(answer.contains("app|" + primary.address() + "|" + primary.port() + "|app|"), answer);
    }

    @Test
    void aWriteIsProbedThroughThePoolerWithoutAPassword() throws Exception {
        var pooler = bed.cluster().poolers().getLast().member();
        assertEquals(
                "f\n",
                ssh(
                        bed.cluster().nodes().getFirst(),
                        "psql -XAtw -h %s -p %d app -c 'SELECT pg_is_in_recovery()'"
                                .formatted(pooler.directory().resolve("run"), pooler.port())));
    }

    @Test
    void aStandbyIsKilledAndComesBack() {
        LoopbackNode node = bed.cluster().node("pgdb3");
        bed.cluster().awaitStreaming(bed.cluster().primary());
        node.kill();
        assertFalse(node.isRunning());
        node.start();
        bed.cluster().awaitStreaming(bed.cluster().primary());
    }

    @Test
    void aFrozenServerIsStoppedAllTheSame() throws Exception {
        LoopbackNode node = bed.cluster().node("pgdb2");
        node.freeze();
        assertTrue(node.isRunning());
        node.stop();
        assertFalse(node.isRunning());
        node.start();
        bed.cluster().awaitStreaming(bed.cluster().primary());
    }

    @Test
    void nothingIsLeftAfterTheEnd() {
        Path place = LoopbackBed.directory();
        LoopbackCluster cluster = LoopbackCluster.create(place, 2);
        try {
            cluster.serveSshApart();
            assertTrue(cluster.isRunning());
            assertFalse(processesNaming(place).isEmpty());
        } finally {
            LoopbackCluster.open(place).remove();
        }
        assertEquals(List.of(), processesNaming(place));
        assertFalse(Files.exists(place));
    }

    private static List<String> processesNaming(Path place) {
        return ProcessHandle.allProcesses()
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(word -> word.contains(place.toString())))
                .map(process -> process.info().commandLine().orElse("?"))
                .toList();
    }

    private String ssh(LoopbackNode node, String command) throws Exception {
        return run(client(node, command));
    }

    private static List<String> client(LoopbackNode node, String... words) {
        List<String> line = new ArrayList<>(List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-p",
                "" + bed.cluster().sshPort(),
                "-l",
                Account.current().user(),
                "-i",
                bed.cluster().directory().resolve("key").toString(),
                "-o",
                "UserKnownHostsFile=" + bed.cluster().directory().resolve("known_hosts"),
                node.member().address()));
        line.addAll(List.of(words));
        return line;
    }

    private String run(List<String> words) throws Exception {
        Path output = Files.createTempFile(directory, "out", "");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), () -> "no end within 20 s: " + words);
        return Files.readString(output);
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s");
            Thread.sleep(10);
        }
    }
}
