package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.DirectClient;
import io.heliosctl.model.Divergence;
import io.heliosctl.model.Histories;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Runbooks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// While two nodes accept writes nothing is done but to stop one, and not on a mere yes where the timelines do
/// not speak against it.
class SplitBrainTest {

    private static final Topology BOTH = Clusters.with(PG2, Clusters.primary());
    private static final Histories UNDECIDED =
            new Histories(Optional.empty(), "both write timeline 3", List.of(), List.of());
    private static final Histories DECIDED = new Histories(
            Optional.of(PG2),
            "",
            List.of(new Divergence(
                    PG1,
                    new Timeline(1),
                    PG2,
                    new Timeline(2),
                    Lsn.parse("0/5000000"),
                    Lsn.parse("0/5000148"),
                    true,
                    Lsn.parse("0/5000200"),
                    Optional.of(2L),
                    "")),
            List.of(new DirectClient(PG1, "app", "reports", Optional.of("10.0.0.5"))));

    @Test
    void onlyAFenceIsMade() {
        assertEquals("split-brain", objection("switchover"));
        assertEquals("split-brain", objection("failover"));
        assertEquals("split-brain", objection("route"));
        assertEquals("", objection("fence"));
        assertEquals(
                Optional.empty(),
                SplitBrain.objection(
                        new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Histories.unknown()));
    }

    @Test
    void theOneLeftBehindIsStoppedOnAYes() {
        assertEquals(Optional.empty(), doubt(led("10.0.1.12"), PG1, DECIDED));
    }

    /// pgdb2 was promoted, and the clients write to pgdb1: who is right is not for us to say.
    @Test
    void theOneThatThePoolersLeadToTakesWords() {
        assertEquals(
                "pgdb2 was promoted last, and the poolers lead elsewhere",
                doubt(BOTH, PG1, DECIDED).orElseThrow().why());
        assertEquals("stop pgdb2", doubt(BOTH, PG2, DECIDED).orElseThrow().words());
        assertEquals(
                "pgdb2 was promoted last, and no pooler leads there. If that was a mistake: heliosctl fence pgdb2. If it is "
                        + "to stay: heliosctl fence pgdb1, then heliosctl run route.",
                Primaries.problem(BOTH, DECIDED).hint());
    }

    /// Both are primaries, and the poolers lead to that host.
    private static Topology led(String host) {
        var poolers = new LinkedHashMap<PoolerName, PoolerState>();
        BOTH.poolers().keySet().forEach(name -> poolers.put(name, Clusters.answering(host, false)));
        return new Topology(BOTH.cluster(), BOTH.at(), BOTH.nodes(), poolers);
    }

    @Test
    void anyOtherPrimaryTakesWords() {
        assertEquals(
                "stop pgdb2",
                doubt(led("10.0.1.12"), PG2, DECIDED).orElseThrow().words());
        assertEquals("stop pgdb1", doubt(BOTH, PG1, UNDECIDED).orElseThrow().words());
        assertEquals("stop pgdb2", doubt(BOTH, PG2, UNDECIDED).orElseThrow().words());
        assertEquals(
                "stop pgdb1",
                doubt(Clusters.healthy(), PG1, Histories.unknown())
                        .orElseThrow()
                        .words());
        assertEquals(Optional.empty(), doubt(Clusters.healthy(), PG2, Histories.unknown()));
    }

    @Test
    void itIsSaidWhereTheyPartedAndWhatToType() {
        var problem = Primaries.problem(BOTH, DECIDED);
        assertTrue(problem.detail().contains("""
                led to by pgb1, pgb2; connected to it past them: reports (user app) from 10.0.0.5
                """), problem.detail());
        assertTrue(problem.detail().contains("""
                Timeline 2 of pgdb2 forked off timeline 1 at 0/5000000. Since then pgdb2 has written 512 B of WAL; \
                pgdb1 has 2 transactions (328 B of WAL) that pgdb2 does not have."""), problem.detail());
        var hint = Primaries.problem(led("10.0.1.12"), DECIDED).hint();
        assertTrue(hint.endsWith("heliosctl fence pgdb1"), hint);
    }

    @Test
    void nothingIsChosenWhereTheTimelinesDoNotTell() {
        var problem = Primaries.problem(BOTH, UNDECIDED);
        assertTrue(
                problem.detail().contains("The timelines do not tell which is right: both write timeline 3."),
                problem.detail());
        assertTrue(problem.hint().endsWith("heliosctl fence NODE"), problem.hint());
    }

    private static String objection(String runbook) {
        return SplitBrain.objection(new Runbooks(List.of()).find(runbook), BOTH, DECIDED)
                .map(Problem::code)
                .orElse("");
    }

    private static Optional<SplitBrain.Doubt> doubt(Topology topology, NodeName node, Histories histories) {
        var plan = new Planner(new Runbooks(List.of()).find("fence"), topology, Map.of("node", node.value()))
                .plan(Map.of())
                .plan();
        return SplitBrain.doubt(plan, histories);
    }
}
