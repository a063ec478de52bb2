package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.health.Verdict;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.run.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a terminal of 80 columns shows.
class NarrowTest {

    private static final Style NARROW = new Style(false, 80);

    @Test
    void aTableLeavesOutWhatCanBeDoneWithout() {
        var healthy = Clusters.healthy();
        assertEquals("""
                + Cluster: main (7277694203142172922) production +-------------+------------+
                | Node  | Role    | TL | WAL position | Upstream | Receive lag | Replay lag |
                +-------+---------+----+--------------+----------+-------------+------------+
                """, firstLines(StatusText.of(healthy, Verdict.of(healthy), NARROW)));
    }

    @Test
    void aLongReasonIsCutInTheTableAsItIsToldInFullBelow() {
        var dark = Clusters.with(
                Clusters.PG1, new NodeState.Unreachable("nothing answers on port 22 of 10.0.1.11 within five seconds"));
        var lines = StatusText.of(dark, Verdict.of(dark), NARROW).lines().toList();
        assertEquals(
                List.of(), lines.stream().filter(line -> line.length() > 80).toList());
    }

    @Test
    void aProblemIsBrokenAtSpaces() {
        assertEquals(
                """
                error[archiver-behind]: archiving is behind on pgdb1
                  detail: The oldest segment that waits is 00000001000000000000000A, written 4
                    minutes ago.
                  hint: SELECT * FROM pg_stat_archiver;
                """,
                ProblemText.of(
                        Problem.error("archiver-behind", "archiving is behind on pgdb1")
                                .detail(
                                        "The oldest segment that waits is 00000001000000000000000A, written 4 minutes ago.")
                                .hint("SELECT * FROM pg_stat_archiver;"),
                        NARROW));
    }

    @Test
    void aWordThatIsTooLongStaysWhole() {
        assertEquals("a\n  " + "b".repeat(30) + "\n  c", Paragraph.of("a " + "b".repeat(30) + " c", 20, 2));
        assertEquals("  " + "b".repeat(30), Paragraph.of("  " + "b".repeat(30), 20, 4));
    }

    private static String firstLines(String text) {
        return String.join("\n", text.lines().limit(3).toList()) + "\n";
    }
}
