package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients do not need may stay undone: the switchover succeeds, exit 7, and tells what is left and what
/// to type.
@OnHosts
class OwedHostsTest {

    private final HostsBed bed;

    OwedHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @Test
    void aStandbyOtherThanTheCandidateIsDown(@TempDir Path state) {
        var told = owed(state, "pgdb3", () -> Faults.stopped(bed.host("pgdb3"), BedNode.UNIT));
        assertTrue(told.contains("warning[node-stopped]: PostgreSQL does not run on pgdb3"), told);
    }

    @Test
    void theOldPrimaryDoesNotComeBack(@TempDir Path state) {
        owed(state, "pgdb1", () -> Faults.failing(bed.host("pgdb1"), "/usr/bin/systemctl", "start\\ " + BedNode.UNIT));
    }

    /// Switches over with that broken; what is broken is told as owed, and clients see nothing of it.
    private String owed(Path state, String without, Supplier<Fault> broken) {
        var tool = Prepared.fresh(bed, state);
        try (var writers = Writers.start(bed, 4);
                var _ = broken.get()) {
            var ran = tool.run("switchover", "--yes", "--to", "pgdb2");
            System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
            writers.awaitAcknowledgements(50, Duration.ofSeconds(30));
            var report = writers.stop();
            ran.exits(7);
            assertEquals(List.of(), report.errors());
            assertTrue(ran.out().contains("Still owed:"), ran.out());
            Checker.of(bed).primaryIs("pgdb2").without(without).after(report).holds();
            return ran.err();
        }
    }
}
