package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.demo.Writers;
import io.heliosctl.hosts.Tool;
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

/// A switchover of real servers without Docker: pg_ctl instead of systemd, no sudo, one SSH server for all.
@Tag("loopback")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SwitchoverLoopbackTest {

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

    @Test
    @Order(1)
    void movesThePrimaryUnderLoad() throws SQLException {
        var writers = Writers.start(bed.cluster(), 4, Duration.ZERO);
        var ran = tool.run("switchover", "--to", "pgdb2", "--yes");
        var report = writers.stop();

        ran.exits(0);
        assertEquals("pgdb2", bed.cluster().primary().name());
        assertEquals(0, report.errors(), report::firstError);
        assertEquals(0, report.lost());
    }

    @Test
    @Order(2)
    void changesNothingInADryRun() throws SQLException {
        var timeline = timeline(bed.cluster().primary());

        var ran = tool.run("switchover", "--dry-run").exits(0);

        assertTrue(ran.out().contains("Dry run:"), ran.out());
        assertEquals("pgdb2", bed.cluster().primary().name());
        assertEquals(timeline, timeline(bed.cluster().primary()));
    }

    @Test
    @Order(3)
    void keepsTheStandbysOnReplicationSlotsWhereTheyUseThem() throws SQLException {
        for (var name : List.of("pgdb1", "pgdb3")) {
            bed.cluster().primary().sql("select pg_create_physical_replication_slot('%s')".formatted(name));
            bed.cluster().node(name).sql("alter system set primary_slot_name = '%s'".formatted(name));
            bed.cluster().node(name).sql("select pg_reload_conf()");
        }
        bed.cluster().awaitStreaming(bed.cluster().primary());

        tool.run("switchover", "--to", "pgdb3", "--yes").exits(0);

        assertEquals("pgdb3", bed.cluster().primary().name());
        assertEquals(
                List.of(List.of("pgdb1"), List.of("pgdb2")),
                bed.cluster()
                        .primary()
                        .sql("select slot_name from pg_replication_slots where active order by slot_name"));
    }

    private static List<List<String>> timeline(LoopbackNode node) throws SQLException {
        return node.sql("select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)");
    }
}
