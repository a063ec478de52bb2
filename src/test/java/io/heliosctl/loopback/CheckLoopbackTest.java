package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.document.Json;
import io.heliosctl.hosts.Tool;
import io.heliosctl.view.PerformanceData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What `check` says of a real cluster while things happen to it.
@Tag("loopback")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckLoopbackTest {

    private static LoopbackBed bed;

    @TempDir
    private static Path state;

    @BeforeAll
    static void start() {
        bed = LoopbackBed.start(3);
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    private static Tool.Ran check(String... words) {
        var arguments = new String[words.length + 1];
        arguments[0] = "check";
        System.arraycopy(words, 0, arguments, 1, words.length);
        return new Tool(bed.cluster().inventory(), state).run(arguments);
    }

    private static void says(Tool.Ran ran, String expected) {
        assertTrue(ran.out().startsWith(expected), ran.out() + ran.err());
        assertEquals(1, ran.out().lines().count(), ran.out());
        assertEquals("", ran.err());
    }

    private static LoopbackNode standby() {
        var primary = bed.cluster().primary().name();
        return bed.cluster().nodes().stream()
                .filter(node -> !node.name().equals(primary))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(1)
    void allIsWell() throws Exception {
        var series = state.resolve("heliosctl.prom");
        var ran = check("--prom", series.toString()).exits(0);
        says(ran, "HELIOSCTL OK - demo: primary pgdb1, 2 standbys stream, no standby is far behind, timeline 1, ");
        PerformanceData.require(ran.out().strip());
        assertTrue(Files.readString(series).contains("heliosctl_check_state{cluster=\"demo\",check=\"primary\"} 0\n"));
        says(
                check("demo", "write", "ready", "drift").exits(0),
                "HELIOSCTL OK - demo: clients can write through every "
                        + "pooler, could switch over to pgdb2, every pgbouncer.ini is what its template makes | pgb1_write=");
        assertEquals("", check("-q").exits(0).out());
        var document = Json.object(check("-o", "json").exits(0).out()).orElseThrow();
        assertEquals("ok", document.get("state"));
    }

    @Test
    @Order(2)
    void limitsAreWhatIsTyped() {
        says(check("standbys", "-w", "3:").exits(1), "HELIOSCTL WARNING - demo: 2 standbys stream (was OK");
        says(check("standbys", "-c", "standbys=3:").exits(2), "HELIOSCTL CRITICAL - demo: 2 standbys stream");
        says(check("--expect", "pgdb3").exits(2), "HELIOSCTL CRITICAL - demo: the primary is pgdb1, not pgdb3");
    }

    @Test
    @Order(3)
    void aStandbyThatStoppedIsNewsOnce() {
        var standby = standby();
        standby.stop();
        says(
                check("-q").exits(1),
                "HELIOSCTL WARNING - demo: 1 of 2 standbys stream: PostgreSQL does not run on pgdb2");
        assertEquals("", check("-q").exits(1).out());
        standby.start();
        bed.cluster().awaitStreaming(bed.cluster().primary());
        says(check("-q").exits(0), "HELIOSCTL OK - demo: primary pgdb1, 2 standbys stream");
    }

    @Test
    @Order(4)
    void aPoolerThatIsGoneIsCritical() {
        var pooler = bed.cluster().poolers().getFirst();
        pooler.stop();
        says(check("poolers", "write").exits(2), "HELIOSCTL CRITICAL - demo: pooler pgb1 could not be asked; ");
        pooler.start();
        says(check("poolers").exits(0), "HELIOSCTL OK - demo: 2 poolers lead to the primary");
    }

    @Test
    @Order(5)
    void aPrimaryThatHangsIsToldInTime() {
        var primary = bed.cluster().primary();
        primary.freeze();
        try {
            var begin = System.nanoTime();
            says(check("-t", "1").exits(3), "HELIOSCTL UNKNOWN - demo: no answer within 1.0 s");
            assertTrue(System.nanoTime() - begin < 8_000_000_000L);
        } finally {
            primary.thaw();
        }
        says(check("primary").exits(0), "HELIOSCTL OK - demo: primary pgdb1");
    }

    @Test
    @Order(6)
    void aMoveIsToldAsNews() {
        new Tool(bed.cluster().inventory(), state).run("switchover", "--yes").exits(0);
        says(check("primary").exits(1), "HELIOSCTL WARNING - demo: the primary is pgdb2 now, it was pgdb1");
        says(check("primary").exits(1), "HELIOSCTL WARNING - demo: the primary is pgdb2 since ");
        says(check("primary", "--expect", "pgdb2").exits(0), "HELIOSCTL OK - demo: primary pgdb2");
    }

    @Test
    @Order(7)
    void splitBrainIsToldAtOnce() throws Exception {
        standby().sql("SELECT pg_promote()");
        says(check().exits(2), "HELIOSCTL CRITICAL - demo: more than one node accepts writes: pgdb1, pgdb2");
    }
}
