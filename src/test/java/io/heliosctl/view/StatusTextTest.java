package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.health.Verdict;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Topology;
import io.heliosctl.run.Clusters;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    @Test
    void showsAHealthyClusterAndSaysThatItMayBeMoved() {
        var expected = """
            + Cluster: main (7277694203142172922) production -+----------+-------------+------------+
            | Node  | Host      | Role    | TL | WAL position | Upstream | Receive lag | Replay lag |
            +-------+-----------+---------+----+--------------+----------+-------------+------------+
            | pgdb1 | 10.0.1.11 | primary |  3 |    0/5000148 |          |             |            |
            | pgdb2 | 10.0.1.12 | standby |  3 |    0/5000148 | pgdb1    |         0 B |        0 B |
            | pgdb3 | 10.0.2.13 | standby |  3 |    0/5000148 | pgdb1    |         0 B |        0 B |
            +-------+-----------+---------+----+--------------+----------+-------------+------------+
            + Poolers -----------+----------+--------+---------+---------+
            | Pooler | Host      | Leads to | State  | Clients | Waiting |
            +--------+-----------+----------+--------+---------+---------+
            | pgb1   | 10.0.1.21 | pgdb1    | active |       8 |       0 |
            | pgb2   | 10.0.1.11 | pgdb1    | active |       8 |       0 |
            +--------+-----------+----------+--------+---------+---------+
            Safe to switch over to pgdb2.
            """;
        assertEquals(expected, text(Clusters.healthy()));
    }

    @Test
    void leavesOutColumnsNobodyFillsAndSaysWhyNot() {
        var dark = Clusters.with(Clusters.PG1, new NodeState.Unreachable("connection timed out after 5 s"));

        var last = text(dark).lines().reduce((first, second) -> second).orElseThrow();

        assertEquals("Not safe to switch over: no primary was seen, and not every node could be asked.", last);
    }

    private static String text(Topology topology) {
        return StatusText.of(topology, Verdict.of(topology), Style.PLAIN);
    }
}
