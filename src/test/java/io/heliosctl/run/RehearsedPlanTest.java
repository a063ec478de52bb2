package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static io.heliosctl.run.Clusters.PGB1;
import static io.heliosctl.run.Clusters.PGB2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.Dictation;
import io.heliosctl.control.Dispatch;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.RunbookReader;
import io.heliosctl.runbook.Runbooks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a rehearsal ends in, and what it takes down on the way.
class RehearsedPlanTest {

    @Test
    void endsInTheClusterAsItWillBe() {
        var after = RehearsedPlan.of(switchover(Clusters.healthy())).after();

        assertEquals(List.of(PG2), after.primaries());
        assertEquals(Optional.of(PG2), after.upstream(PG1));
        assertEquals(Optional.of(PG2), after.upstream(PG3));
        for (var pooler : List.of(PGB1, PGB2)) {
            assertEquals(Optional.of(PG2), after.target(pooler));
            assertFalse(((PoolerState.Answering) after.state(pooler)).isPaused());
        }
    }

    @Test
    void leavesWhatWasObservedAlone() {
        var before = Clusters.healthy();

        RehearsedPlan.of(switchover(before));

        assertEquals(Clusters.healthy(), before);
    }

    @Test
    void takesDownWhatEachStepTellsTheHosts() {
        var plan = switchover(Clusters.healthy());
        var rehearsed = RehearsedPlan.of(plan, Dictation.of(Told.all()));

        assertEquals(List.of("pgb1 stage", "pgb2 stage"), shown(rehearsed.ahead()));
        assertEquals(
                List.of(
                        "pgdb1 checkpoint, pgdb1 checkpoint",
                        "pgdb1 prepareTombstone",
                        "pgb1 armSwitch, pgb1 pause, pgb2 armSwitch, pgb2 pause",
                        "pgb1 point, pgb2 point",
                        "pgdb1 armSwitch, pgdb1 stop, pgdb1 tombstone",
                        "",
                        "pgdb1 lastWord, pgdb2 promote",
                        "pgb1 disarmSwitch, pgb1 resume, pgb2 disarmSwitch, pgb2 resume",
                        "pgdb3 follow",
                        "pgdb1 awaitExit, pgdb1 rejoin"),
                plan.steps().stream().map(step -> shown(rehearsed, step)).toList());
        assertEquals(
                List.of("", "pgb1 writeThrough, pgb2 writeThrough", "", ""),
                plan.verify().stream().map(step -> shown(rehearsed, step)).toList());
    }

    @Test
    void aPlanThatDoesNotWorkIsRefusedWithTheReason() {
        var rehearsed = RehearsedPlan.of(plan("""
                version: 1
                name: ours
                summary: Forgets to stop the old primary.
                cast: { old: primary, new: candidate, poolers: poolers }
                steps:
                  - pause_pool: { target: poolers }
                  - promote: { target: new, of: old }
                  - resume_pool: { target: poolers }
                """, Clusters.healthy()));

        assertEquals(
                List.of("rehearsal-failed", "not-stopped"),
                rehearsed.problems().stream().map(Problem::code).toList());
        assertEquals(List.of(PG1), rehearsed.after().primaries());
    }

    @Test
    void whatIsToleratedIsAWarning() {
        var topology = Clusters.with(PG3, new NodeState.Unreachable("no route"));
        var problems = RehearsedPlan.of(switchover(topology)).problems();

        assertEquals(
                List.of("rehearsal-owes"),
                problems.stream().map(Problem::code).distinct().toList());
        assertTrue(problems.stream().noneMatch(Problem::isError));
    }

    /// A real run would start it, so the rehearsal must not say no.
    @Test
    void aStandbyThatWasNotRunningCanBeStarted() {
        var control = new ControlData(
                Clusters.primary().identity().systemId(),
                "shut down in recovery",
                Clusters.WRITTEN,
                Clusters.primary().identity().timeline(),
                true,
                true);
        var rehearsed = RehearsedPlan.of(plan("""
                version: 1
                name: ours
                summary: Starts what is stopped.
                cast: { all: nodes }
                steps:
                  - start_postgres: { target: all }
                """, Clusters.with(PG3, new NodeState.Stopped(control))));

        assertEquals(List.of(), rehearsed.problems());
        assertTrue(rehearsed.after().state(PG3) instanceof NodeState.Standby);
    }

    /// Where a pooler leads may be a name that the inventory does not have; then it is not known to be wrong.
    @Test
    void aPoolerThatLeadsNobodyKnowsWhereMayStillServe() {
        var rehearsed = RehearsedPlan.of(plan(
                """
                version: 1
                name: ours
                summary: Only writes.
                cast: { poolers: poolers }
                steps:
                  - checkpoint: { target: old }
                verify:
                  - write_probe: { target: poolers }
                """.replace("{ poolers", "{ old: primary, poolers"),
                Clusters.with(PGB1, Clusters.answering("db.example.net", false))));

        assertEquals(List.of(), rehearsed.problems());
    }

    static Plan switchover(Topology topology) {
        return new Planner(new Runbooks(List.of()).find("switchover"), topology, Map.of())
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
    }

    private static Plan plan(String runbook, Topology topology) {
        return new Planner(RunbookReader.read("ours", "ours", runbook), topology, Map.of())
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
    }

    private static String shown(RehearsedPlan rehearsed, PlannedStep step) {
        return String.join(", ", shown(rehearsed.of(step)));
    }

    private static List<String> shown(List<Dispatch> dispatches) {
        return dispatches.stream()
                .map(dispatch -> dispatch.target() + " " + dispatch.text())
                .sorted()
                .toList();
    }

    /// It ends every failover and every fence.
    @Test
    void saysNothingOfAFormerPrimaryThatIsOwed() {
        for (var plight : List.of(Plight.FENCE, Plight.CRASHED, Plight.OFF)) {
            assertEquals(List.of(), RehearsedPlan.of(plight.plan()).problems(), plight::name);
        }
    }
}
