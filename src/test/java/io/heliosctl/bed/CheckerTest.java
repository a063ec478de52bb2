package io.heliosctl.bed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A checker that never complains is worth nothing: what is broken here must be seen.
@OnHosts
class CheckerTest {

    private final HostsBed bed;

    CheckerTest(HostsBed bed) {
        this.bed = bed;
    }

    @BeforeEach
    void fresh() {
        bed.reset();
    }

    @Test
    void seesASecondPrimary() {
        bed.node("pgdb3").ask("SELECT pg_promote()");
        assertEquals(1, Checker.of(bed).violations().size());
        assertComplains("there is one primary; there are 2");
    }

    @Test
    void seesAPausedPoolerAndAPausedDatabase() {
        bed.pooler("pgb2").console("PAUSE");
        bed.pooler("pgb1").console("PAUSE app");
        assertComplains("a write through pgb2 succeeds within 5 s");
        assertComplains("pgb1 is neither paused nor disabled");
    }

    @Test
    void seesAPoolerThatLeadsElsewhereAndASnapshotSeesItToo() {
        Snapshot before = Snapshot.of(bed);
        assertEquals(List.of(), before.differences(Snapshot.of(bed)));
        BedPooler pooler = bed.pooler("pgb1");
        bed.writePgbouncerIni(pooler, PoolerIni.OWN.text(pooler, bed.node("pgdb2")));
        Await.until(
                "pgb1 leads to pgdb2",
                Duration.ofSeconds(5),
                () -> Checker.of(bed).violations().toString().contains("pgb1 leads to pgdb1"),
                () -> pooler.show("DATABASES"));
        assertEquals(
                List.of("pgb1 all of /etc", "pgb1 database app", "pgb1 file /etc/pgbouncer/pgbouncer.ini"),
                before.differences(Snapshot.of(bed)).stream()
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .toList());
    }

    @Test
    void seesAStoppedStandbyUnlessToldSo() {
        Faults.killed(bed.host("pgdb3"), BedNode.UNIT);
        assertComplains("pgdb3 streams on timeline 1 of pgdb1");
        Checker.of(bed).without("pgdb3").holds();
    }

    @Test
    void seesALostRowAndARowThatCameTwice() {
        try (Writers writers = Writers.start(bed, 2)) {
            WriterReport report = writers.stop();
            Checker.of(bed).after(report).holds();
            bed.node("pgdb1").execute("DELETE FROM written WHERE writer = 0 AND seq = 0");
            bed.node("pgdb1").execute("INSERT INTO written SELECT * FROM written WHERE writer = 1 AND seq = 0");
            assertEquals(
                    List.of(
                            "no row is acknowledged and not there; of writer 0 through pgb1 there are 1, such as [0]",
                            "no row is there twice; of writer 1 through pgb2 there are 1, such as [0]"),
                    Checker.of(bed).after(report).violations());
        }
    }

    private void assertComplains(String text) {
        List<String> found = Checker.of(bed).violations();
        assertTrue(found.toString().contains(text), () -> "expected: " + text + "; found: " + found);
    }
}
