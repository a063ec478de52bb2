package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What must not be failed over: exit 4, the reason, and no standby takes a write meanwhile or afterwards.
@OnHosts
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusedFailoversHostsTest {

    private static Drill drill;

    private final HostsBed bed;

    RefusedFailoversHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @BeforeAll
    static void begin(HostsBed bed, @TempDir Path state) {
        drill = Drill.begin(bed, state);
    }

    /// Whatever was refused: no other server has taken a write in all that time.
    @AfterAll
    static void end() {
        try (var watched = drill) {
            watched.end("pgdb1");
        }
    }

    private Failover refuses(String code, Supplier<Fault> fault, String... words) {
        try (var _ = fault.get()) {
            return drill.failover(words).refused(code);
        }
    }

    @Test
    @Order(1)
    void aHealthyPrimary() {
        refuses("primary-healthy", Breaks::nothing);
    }

    @Test
    @Order(2)
    void n1ItIsOutOfReachFromHereOnly() {
        refuses("primary-alive", () -> Faults.deafToUs(bed.host("pgdb1")), "--fenced", "pgdb1");
    }

    /// Its SSH is out of reach for all: then only its port and its WAL stream tell that it lives.
    @Test
    @Order(3)
    void n1ItsSshIsOutOfReach() {
        var refused = refuses("primary-alive", () -> Faults.deafPort(bed.host("pgdb1"), 22), "--fenced", "pgdb1");
        assertTrue(
                refused.ran().err().contains("It is alive for: pgdb2 (port); pgdb3 (port)"),
                refused.ran().err());
    }

    @Test
    @Order(4)
    void n2TheStandbysDoNotReachIt() {
        refuses(
                "primary-healthy",
                () -> Breaks.both(
                        Faults.deaf(bed.host("pgdb1"), bed.host("pgdb2")),
                        Faults.deaf(bed.host("pgdb1"), bed.host("pgdb3"))));
    }

    @Test
    @Order(5)
    void n3APoolerStillReachesIt() {
        var refused =
                refuses("primary-alive", () -> Faults.cutOff(bed.host("pgdb1"), bed.host("pgb1")), "--fenced", "pgdb1");
        assertTrue(refused.ran().err().contains("pgb1 (port)"), refused.ran().err());
    }

    /// Its postmaster stands still and lets nobody in; those who are in are served as before.
    @Test
    @Order(6)
    void d17ItsPostmasterAloneStandsStill() {
        refuses("primary-alive", () -> Faults.frozen(bed.host("pgdb1"), "postgres", "bin/postgres -D"));
    }

    @Test
    @Order(7)
    void n17HalfOfEverythingIsOutOfReach() {
        refuses(
                "isolated",
                () -> Breaks.both(Faults.cutOff(bed.host("pgdb3")), Faults.cutOff(bed.host("pgdb1"))),
                "--fenced",
                "pgdb1");
    }

    @Test
    @Order(8)
    void d15AStandbyThatMayHaveMoreCannotBeAsked() {
        refuses(
                "standby-unheard",
                () -> Breaks.both(
                        Faults.stopped(bed.host("pgdb3"), BedNode.UNIT),
                        Faults.stopped(bed.host("pgdb1"), BedNode.UNIT)),
                "--rather-than-start");
    }

    @Test
    @Order(9)
    void n3APoolerIsAwayAndThereIsOnlyAWord() {
        refuses(
                "pooler-unreachable",
                () -> Breaks.both(Faults.stopped(bed.host("pgb1"), "pgbouncer"), Faults.cutOff(bed.host("pgdb1"))),
                "--fenced",
                "pgdb1");
    }
}
