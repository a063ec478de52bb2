package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.LossAcceptance;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Sighting;
import io.heliosctl.model.Sighting.Answer;
import io.heliosctl.model.Sighting.Way;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Runbooks;
import io.heliosctl.step.Concession;
import io.heliosctl.step.Promote;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A failover on a pretend cluster: who is lost, who takes its place, and what keeps it from being made.
class FailoverTest {

    private static final NodeState DARK = new NodeState.Unreachable("no answer");
    private static final Map<String, String> WORD = Map.of("fenced", "pgdb1", "lose_up_to", "16MB");

    @Test
    void theNodeThatTheOthersFollowWasThePrimary() {
        assertEquals(PG1, LostPrimaries.of(without(PG1, DARK), Optional.empty()));
        var alsoDark = new LinkedHashMap<>(without(PG1, DARK).nodes());
        alsoDark.put(PG3, DARK);
        assertEquals(PG1, LostPrimaries.of(topology(alsoDark), Optional.empty()));
    }

    /// Such as one that dies again while it recovers, because its disk is full.
    @Test
    void oneThatDiedInCrashRecoveryWasThePrimary() {
        assertEquals(PG1, LostPrimaries.of(without(PG1, stopped("in crash recovery")), Optional.empty()));
        assertEquals(PG1, LostPrimaries.of(without(PG1, stopped("in production")), Optional.empty()));
        var nodes = new LinkedHashMap<>(without(PG1, DARK).nodes());
        nodes.put(PG2, stopped("in archive recovery"));
        nodes.put(PG3, stopped("shut down in recovery"));
        assertEquals(PG1, LostPrimaries.of(topology(nodes), Optional.empty()));
    }

    /// The old primary's files have what nobody else has: they are read first, and then nothing is lost.
    @Test
    void whatLiesOnTheDeadPrimarysHostIsNotLost() {
        var rehearsal = Rehearsal.of(without(PG1, stopped("in production")));
        var parameters = Map.of("lose_up_to", "0", "to", "pgdb2");
        assertInstanceOf(Outcome.Succeeded.class, run(rehearsal, parameters));
        assertInstanceOf(NodeState.Primary.class, rehearsal.observe(PG2));
    }

    private static NodeState stopped(String state) {
        return new NodeState.Stopped(
                new ControlData(new SystemId("1"), state, Clusters.WRITTEN, new Timeline(3), true, true));
    }

    @Test
    void nothingIsLostWhileAPrimaryAnswers() {
        var refusal =
                assertThrows(RefusedException.class, () -> LostPrimaries.of(Clusters.healthy(), Optional.empty()));
        assertEquals(List.of("primary-healthy"), codes(refusal.problems()));
    }

    @Test
    void whoHasReceivedMostComesFirst() {
        assertEquals(
                List.of(PG3, PG2),
                Successors.ranking(behind(PG2), PG1).stream()
                        .map(Candidacy::node)
                        .toList());
    }

    @Test
    void aStandbyOnAnOlderTimelineIsNoSuccessor() {
        var nodes = new LinkedHashMap<>(without(PG1, DARK).nodes());
        nodes.put(PG2, Clusters.standby(Clusters.WRITTEN, Optional.empty(), 2, ReplayPause.NOT_PAUSED, Duration.ZERO));
        var ranking = Successors.ranking(topology(nodes), PG1);
        assertEquals(PG3, ranking.getFirst().node());
        assertEquals(List.of("other-timeline"), codes(ranking.getLast().refusals()));
    }

    @Test
    void withoutAProofOrAWordNothingIsPromoted() {
        var rehearsal = Rehearsal.of(without(PG1, DARK));
        var outcome = run(rehearsal, Map.of());
        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertInstanceOf(NodeState.Standby.class, rehearsal.observe(PG2));
        assertTrue(rehearsal.cluster().poolers().stream().noneMatch(pooler -> rehearsal.isPaused(pooler.name())));
    }

    /// Its host answers, so it can be told to stop; whether it does, only the run itself can find out.
    @Test
    void whatHangsOnAHostThatAnswersIsStopped() {
        var rehearsal = Rehearsal.of(without(PG1, new NodeState.Unreachable("nothing answers on its socket", true)));
        assertInstanceOf(Outcome.Succeeded.class, run(rehearsal, Map.of()));
        assertInstanceOf(NodeState.Primary.class, rehearsal.observe(PG2));
    }

    @Test
    void onAWordTheMostAdvancedIsPromoted() {
        var rehearsal = Rehearsal.of(behind(PG2));
        assertInstanceOf(Outcome.Succeeded.class, run(rehearsal, WORD));
        assertInstanceOf(NodeState.Primary.class, rehearsal.observe(PG3));
    }

    @Test
    void anotherOneHasEverythingFirst() {
        var rehearsal = Rehearsal.of(behind(PG2));
        var parameters = new LinkedHashMap<>(WORD);
        parameters.put("to", "pgdb2");
        assertInstanceOf(Outcome.Succeeded.class, run(rehearsal, parameters));
        var primary = assertInstanceOf(NodeState.Primary.class, rehearsal.observe(PG2));
        assertEquals(Clusters.WRITTEN, primary.written());
    }

    @Test
    void nothingIsPromotedThatWouldLoseMoreThanIsAllowed() {
        var rehearsal = Rehearsal.of(without(PG1, DARK));
        assertInstanceOf(Outcome.RolledBack.class, run(rehearsal, Map.of("fenced", "pgdb1", "lose_up_to", "0")));
    }

    /// What was shut down has written nothing since, so who has all of it loses nothing.
    @Test
    void nothingIsLostWhereItWasShutDown() {
        assertEquals(List.of(), losses(Plight.SHUT_DOWN));
        assertEquals(List.of("too-much-lost"), losses(Plight.CRASHED));
    }

    private static List<String> losses(Plight plight) {
        var checks = new FailoverChecks(Rehearsal.of(plight.topology()), plight.topology(), PG1, PG2);
        return codes(checks.losses(new Concession(0, false), plight.plan()));
    }

    @Test
    void noLossIsAcceptedThatIsLargerThanAllowed() {
        var estimate = new LossEstimate(
                PG2, new Lsn(100), new Lsn(300), "a test", true, 0, Optional.empty(), Optional.empty());
        assertEquals(200, estimate.bytes());
        assertThrows(
                IllegalArgumentException.class,
                () -> new LossAcceptance(PG1, new SystemId("1"), new Timeline(1), estimate, 199));
    }

    @Test
    void whatOthersReachIsNotDead() {
        var alive = evidence(new Sighting("pgdb2", Way.PORT, Answer.ALIVE, ""));
        assertEquals("primary-alive", objection(without(PG1, DARK), alive));
    }

    @Test
    void ourWordAloneIsNoEvidence() {
        assertEquals("no-witness", objection(without(PG1, DARK), evidence()));
        assertEquals(
                "no-witness",
                objection(without(PG1, DARK), evidence(new Sighting("pgdb2", Way.PORT, Answer.UNKNOWN, ""))));
    }

    @Test
    void whereHalfOfEverythingIsDarkItIsRatherUs() {
        var silent = List.of(new Sighting("pgdb2", Way.PORT, Answer.SILENT, ""));
        assertEquals("isolated", objection(without(PG1, DARK), new Evidence(PG1, silent, List.of("pgdb3"), 4)));
        assertEquals("", objection(without(PG1, DARK), new Evidence(PG1, silent, List.of(), 2)));
        var host = new Sighting(Sighting.HERE, Way.SSH, Answer.ALIVE, "");
        var reached = List.of(host, silent.getFirst());
        assertEquals("", objection(without(PG1, DARK), new Evidence(PG1, reached, List.of("pgdb3"), 4)));
    }

    @Test
    void whatCanBeStartedIsNotLost() {
        var silent = evidence(new Sighting("pgdb2", Way.PORT, Answer.SILENT, ""));
        assertEquals("startable", objection(Plight.CRASHED.topology(), silent));
        assertEquals(Optional.empty(), Suspicion.objection(Plight.CRASHED.topology(), silent, true));
    }

    @Test
    void deadIsWhatEverybodyFindsDead() {
        assertEquals("", objection(without(PG1, DARK), evidence(new Sighting("pgdb2", Way.PORT, Answer.SILENT, ""))));
    }

    @Test
    void aWordIsNeverNeededForAPlannedMove() {
        var plan = new Planner(runbook("switchover"), Clusters.healthy(), Map.of())
                .plan(Map.of())
                .plan();
        assertTrue(plan.parts(Promote.class)
                .allMatch(promote -> promote.concession().isEmpty()));
    }

    private static String objection(Topology topology, Evidence evidence) {
        return Suspicion.objection(topology, evidence, false).map(Problem::code).orElse("");
    }

    private static Evidence evidence(Sighting... sightings) {
        return new Evidence(PG1, List.of(sightings), List.of(), 4);
    }

    private static Outcome run(Rehearsal rehearsal, Map<String, String> parameters) {
        var plan = new Planner(runbook("failover"), rehearsal.observe(), parameters)
                .plan(Map.of())
                .plan();
        return new Executor(rehearsal, new MemoryJournal(), new Silence(), new Interruption()).run(plan);
    }

    private static io.heliosctl.runbook.Runbook runbook(String name) {
        return new Runbooks(List.of()).find(name);
    }

    private static Topology behind(NodeName name) {
        var nodes = new LinkedHashMap<>(without(PG1, DARK).nodes());
        nodes.put(
                name,
                Clusters.standby(Lsn.parse("0/4000000"), Optional.empty(), 3, ReplayPause.NOT_PAUSED, Duration.ZERO));
        return topology(nodes);
    }

    private static Topology without(NodeName name, NodeState state) {
        return Clusters.with(name, state);
    }

    private static Topology topology(Map<NodeName, NodeState> nodes) {
        return new Topology(
                Clusters.cluster(), Instant.EPOCH, nodes, Clusters.healthy().poolers());
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }
}
