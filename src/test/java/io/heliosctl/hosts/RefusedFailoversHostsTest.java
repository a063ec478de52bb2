package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What must not be failed over: exit 4, the reason, and nothing is changed.
@OnHosts
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusedFailoversHostsTest {

    private static Tool tool;

    private final HostsBed bed;

    RefusedFailoversHostsTest(HostsBed bed, @TempDir Path state) {
        this.bed = bed;
    }

    private void refuses(Path state, String code, Supplier<Fault> fault, String... words) {
        if (tool == null || bed.host("pgdb1").power().equals("exited")) {
            tool = Prepared.fresh(bed, state);
        }
        var arguments = new java.util.ArrayList<>(java.util.List.of("failover", "--yes"));
        arguments.addAll(java.util.List.of(words));
        try (var _ = fault.get()) {
            var ran = new Tool(tool.inventory(), state).run(arguments.toArray(String[]::new));
            System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
            assertEquals(4, ran.exit(), ran::err);
            assertTrue(ran.names(code), ran::err);
        }
    }

    @Test
    @Order(1)
    void aHealthyPrimary(@TempDir Path state) {
        refuses(state, "primary-healthy", Breaks::nothing);
    }

    @Test
    @Order(2)
    void n1ThePrimaryIsUnreachableFromHereOnly(@TempDir Path state) {
        refuses(state, "primary-alive", () -> Faults.deafToUs(bed.host("pgdb1")), "--fenced", "pgdb1");
    }

    @Test
    @Order(4)
    void d15AStandbyThatMayHaveMoreCannotBeAsked(@TempDir Path state) {
        refuses(
                state,
                "standby-unheard",
                () -> Breaks.both(
                        Faults.stopped(bed.host("pgdb3"), BedNode.UNIT),
                        Faults.stopped(bed.host("pgdb1"), BedNode.UNIT)),
                "--rather-than-start");
    }

    @Test
    @Order(5)
    void n3APoolerIsAwayAndThereIsOnlyAWord(@TempDir Path state) {
        refuses(
                state,
                "pooler-unreachable",
                () -> Breaks.both(Faults.stopped(bed.host("pgb1"), "pgbouncer"), off("pgdb1")),
                "--fenced",
                "pgdb1");
    }

    @Test
    @Order(6)
    void n17HalfOfEverythingIsUnreachable(@TempDir Path state) {
        refuses(
                state,
                "isolated",
                () -> Breaks.both(Faults.deafToUs(bed.host("pgdb3")), off("pgdb1")),
                "--fenced",
                "pgdb1");
    }

    private Fault off(String name) {
        bed.host(name).powerOff();
        return () -> {
            bed.host(name).powerOn();
            bed.host(name).succeed("systemctl start \"$1\"", BedNode.UNIT);
        };
    }

    /// D17: no process of it can be stopped, and its host answers, so nobody's word helps.
    @Test
    @Order(7)
    void d17ThePostmasterStandsStill(@TempDir Path state) {
        var pgdb1 = bed.host("pgdb1");
        try (var _ = Faults.frozen(pgdb1, "postgres", "bin/postgres -D")) {
            var ran = new Tool(tool.inventory(), state).run("failover", "--yes", "--fenced", "pgdb1");
            System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
            assertEquals(6, ran.exit(), ran::err);
            assertTrue(ran.names("not-fenced"), ran.err());
            assertTrue(ran.names("not-off"), ran.err());
            assertTrue(bed.node("pgdb2").inRecovery());
        }
    }
}
