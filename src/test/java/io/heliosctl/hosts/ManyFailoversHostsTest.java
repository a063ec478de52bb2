package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// M12: the same again and again, under load; every second time the power of the host is lost, else its server
/// killed.
/// `-Dfailover.runs=30` says how often.
@OnHosts
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ManyFailoversHostsTest {

    private static final int RUNS = Integer.getInteger("failover.runs", 1);

    private final HostsBed bed;

    ManyFailoversHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @Test
    void withAQuorumNoAcknowledgedRowIsLost(@TempDir Path state) {
        var all = new ArrayList<Figures>();
        for (int run = 0; run < RUNS; run++) {
            var tool = Prepared.fresh(bed, state);
            bed.nodes().forEach(node -> Breaks.setting(node, "synchronous_standby_names", "ANY 1 (pgdb2, pgdb3)"));
            Breaks.await(
                    bed.node("pgdb1"), "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'", "2");
            all.add(run(tool, run));
            System.out.println(Figures.sum("quorum", all));
            assertEquals(0, all.getLast().lost());
        }
    }

    @Test
    void withoutOneNoMoreIsLostThanWasAnnounced(@TempDir Path state) {
        var all = new ArrayList<Figures>();
        for (int run = 0; run < RUNS; run++) {
            all.add(run(Prepared.fresh(bed, state), run + 1));
            System.out.println(Figures.sum("asynchronous", all));
        }
    }

    private Figures run(Tool tool, int run) {
        try (var drill = Drill.of(bed, tool)) {
            return run % 2 == 0 ? powerLost(drill) : serverKilled(drill);
        }
    }

    private Figures powerLost(Drill drill) {
        bed.host("pgdb1").powerOff();
        var failover = drill.failover("--to", "pgdb2", "--fenced", "pgdb1").exits(7);
        drill.servedThrough("pgb1");
        return drill.lost(failover);
    }

    private Figures serverKilled(Drill drill) {
        Faults.killed(bed.host("pgdb1"), BedNode.UNIT);
        var failover = drill.failover("--to", "pgdb2", "--rather-than-start").exits(7);
        drill.served();
        return drill.lost(failover);
    }
}
