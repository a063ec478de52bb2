package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.demo.Writers;
import io.heliosctl.hosts.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every server of a real cluster is restarted under load.
@Tag("loopback")
class RestartLoopbackTest {

    @TempDir
    static Path state;

    private static LoopbackBed bed;
    private static Tool tool;

    @BeforeAll
    static void start() {
        bed = LoopbackBed.start(3);
        tool = new Tool(bed.cluster().inventory(), state);
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    /// What may be larger on a standby than on its primary, and not smaller.
    @Test
    void takesALargerSettingToEveryServer() throws SQLException {
        var primary = bed.cluster().primary().name();
        var before = started();
        for (var node : bed.cluster().nodes()) {
            node.sql("alter system set max_connections = 123");
        }
        var writers = Writers.start(bed.cluster(), 4, Duration.ZERO);
        var ran = tool.run("restart", "--standbys-first", "--yes");
        var report = writers.stop();

        ran.exits(0);
        assertEquals(0, report.errors(), report::firstError);
        assertEquals(0, report.lost());
        assertTrue(!bed.cluster().primary().name().equals(primary), ran.out());
        for (var node : bed.cluster().nodes()) {
            assertEquals("123", node.sql("show max_connections").getFirst().getFirst(), node.name());
        }
        assertEquals(3, startedSince(before), ran.err());
        bed.cluster().awaitStreaming(bed.cluster().primary());
    }

    @Test
    void restartsEveryServerWhereItIs() throws SQLException {
        var primary = bed.cluster().primary().name();
        var before = started();
        var writers = Writers.start(bed.cluster(), 4, Duration.ZERO);
        var ran = tool.run("restart", "--yes");
        var report = writers.stop();

        ran.exits(0);
        assertEquals(0, report.errors(), report::firstError);
        assertEquals(0, report.lost());
        assertEquals(primary, bed.cluster().primary().name());
        assertEquals(3, startedSince(before), ran.err());
        bed.cluster().awaitStreaming(bed.cluster().primary());
    }

    /// What does not start is found on a standby: the others are not touched, and clients are served.
    @Test
    void stopsAtAStandbyThatDoesNotStart() throws SQLException, IOException {
        var primary = bed.cluster().primary();
        var standby = standby();
        var configuration = standby.dataDirectory().resolve("postgresql.auto.conf");
        var good = Files.readString(configuration);
        var before = started();
        Files.writeString(configuration, "max_connections = many\n", StandardOpenOption.APPEND);

        var ran = tool.run("restart", "--standbys-first", "--yes");

        ran.exits(6);
        assertEquals(primary.name(), bed.cluster().primary().name());
        assertTrue(before.contains(startedOf(primary)), ran.err());
        Files.writeString(configuration, good);
        standby.start();
        tool.run("rollback", "--yes").exits(0);
        bed.cluster().awaitStreaming(primary);
    }

    private static LoopbackNode standby() throws SQLException {
        var primary = bed.cluster().primary().name();
        return bed.cluster().nodes().stream()
                .filter(node -> !node.name().equals(primary))
                .findFirst()
                .orElseThrow();
    }

    private static String startedOf(LoopbackNode node) throws SQLException {
        return node.name() + " "
                + node.sql("select pg_postmaster_start_time()").getFirst().getFirst();
    }

    private static Set<String> started() throws SQLException {
        var all = new TreeSet<String>();
        for (var node : bed.cluster().nodes()) {
            all.add(startedOf(node));
        }
        return all;
    }

    /// How many servers were started since.
    private static long startedSince(Set<String> before) throws SQLException {
        return started().stream().filter(each -> !before.contains(each)).count();
    }
}
