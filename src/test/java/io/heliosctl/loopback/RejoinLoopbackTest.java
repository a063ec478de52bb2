package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Await;
import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.hosts.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Two real servers whose histories part, one after the other.
@Tag("loopback")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RejoinLoopbackTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path state;

    private static LoopbackBed bed;
    private static Tool tool;

    @BeforeAll
    static void start() throws SQLException {
        bed = LoopbackBed.start(2);
        tool = new Tool(bed.cluster().inventory(), state);
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    @Order(1)
    void whatHasPartedIsRewound() throws SQLException {
        for (var node : bed.cluster().nodes()) {
            node.sql("alter system set wal_log_hints = on");
            node.stop();
            node.start();
        }
        bed.cluster().awaitStreaming(node("pgdb1"));
        node("pgdb1").sql("alter system set work_mem = '7MB'");
        part("pgdb1", "pgdb2");

        var ran = tool.run("rejoin", "pgdb1", "--yes");
        print(ran);
        ran.exits(0);

        assertTrue(ran.err().contains("recovered alone, rewound"), ran.err());
        assertBack("pgdb1");
        assertEquals(List.of(List.of("7MB")), node("pgdb1").sql("show work_mem"));
        assertTrue(tool.run("rejoin", "pgdb1", "--yes").exits(0).err().contains("nothing to do"));
    }

    /// Whoever resumes finds the copy running or whole.
    @Test
    @Order(2)
    void aKilledCloneIsFinished() throws Exception {
        part("pgdb2", "pgdb1");
        var begun = tool.begin("clone", "pgdb2", "--yes");
        Await.until("a copy is made", LIMIT, () -> isJobThere("pgdb2"), () -> read(begun.err()));
        begun.process().destroyForcibly().waitFor();

        var resumed = tool.run("resume", "--yes");
        print(resumed);
        resumed.exits(0);

        assertTrue(resumed.err().contains("cloned"), resumed.err());
        assertBack("pgdb2");
        assertTrue(Files.exists(Path.of(node("pgdb2").dataDirectory() + ".kept-1", "PG_VERSION")));
    }

    @Test
    @Order(3)
    void anEmptyPlaceGetsACopy() throws Exception {
        var data = node("pgdb2").dataDirectory();
        node("pgdb2").stop();
        Files.move(data, Path.of(data + ".away"));

        var ran = tool.run("rejoin", "pgdb2", "--yes");
        print(ran);
        ran.exits(0);

        assertBack("pgdb2");
    }

    /// The former primary has a table that nobody else has, and the other one is promoted.
    private static void part(String former, String next) throws SQLException {
        bed.cluster().awaitStreaming(node(former));
        node(next).stop();
        node(former).sql("create table lost as select generate_series(1, 1000) as n");
        node(former).kill();
        node(next).start();
        node(next).sql("select pg_promote()");
        node(next).sql("create table later_%s as select generate_series(1, 1000) as n".formatted(next));
    }

    private static void assertBack(String name) throws SQLException {
        var node = node(name);
        assertEquals(List.of(List.of("t")), node.sql("select pg_is_in_recovery()"));
        assertEquals(List.of(List.of("streaming")), node.sql("select status from pg_stat_wal_receiver"));
        assertEquals(List.of(List.of("t")), node.sql("select to_regclass('lost') is null"));
        assertFalse(isJobThere(name));
        for (var left : List.of(".heliosctl-new", ".heliosctl-rewind", ".heliosctl-own.tar")) {
            assertFalse(Files.exists(Path.of(node.dataDirectory() + left)), left);
        }
    }

    private static boolean isJobThere(String node) {
        var directory = bed.cluster().directory().toString();
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .anyMatch(line -> line.contains("heliosctl-job") && line.contains(directory) && line.contains(node));
    }

    private static LoopbackNode node(String name) {
        return bed.cluster().node(name);
    }

    private static void print(Tool.Ran ran) {
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
