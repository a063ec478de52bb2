package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static io.heliosctl.run.Clusters.PGB1;
import static io.heliosctl.run.Clusters.PGB2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Sighting;
import io.heliosctl.model.Topology;
import io.heliosctl.run.Fault.Kind;
import io.heliosctl.run.Fault.Moment;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Ending;
import io.heliosctl.run.Trial.Life;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Concession;
import io.heliosctl.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Failovers that were cut, each somewhere where something was wrong once, or must never be.
class FailoverResumeTest {

    @Test
    void whatWasRunningRunsAgainWhoeverTakesItBack() {
        var trial = cut(Plight.FENCE, "fence", Moment.AFTER);
        assertInstanceOf(NodeState.Stopped.class, trial.world().cluster().observe(PG1));

        assertEquals("rolled_back", trial.live(Deed.ROLL_BACK).word());

        assertInstanceOf(NodeState.Primary.class, trial.world().cluster().observe(PG1));
        assertFalse(trial.world().cluster().hasTombstone(PG1));
    }

    @Test
    void whatHadCrashedIsLeftStopped() {
        var trial = cut(Plight.CRASHED, "fence", Moment.AFTER);

        assertEquals("rolled_back", trial.live(Deed.ROLL_BACK).word());

        assertInstanceOf(NodeState.Stopped.class, trial.world().cluster().observe(PG1));
        assertFalse(trial.world().cluster().hasTombstone(PG1));
    }

    /// A slow fence outlives the switch of the hold before it; KILL shuts clients out anew.
    @Test
    void clientsThatWereDroppedAreLetInByTheHost() {
        var plight = Plight.OFF;
        var trial = new Trial(plight);
        trial.live(new Life(
                Deed.RUN,
                List.of(
                        new Fault(index(plight, "fence"), Kind.FIRES, Moment.BEFORE),
                        new Fault(index(plight, "point"), Kind.DIES, Moment.BEFORE))));
        assertTrue(trial.world().cluster().isPaused(PGB1));

        trial.live(Deed.FIRE);

        assertFalse(trial.world().cluster().isPaused(PGB1));
        assertFalse(trial.world().cluster().isPaused(PGB2));
    }

    @Test
    void aHoldInDoubtIsMadeAnew() {
        var calls = names(cut(Plight.CRASHED, "pause", Moment.HALF).live(Deed.RESUME));

        assertTrue(calls.contains("resume pgb1"), calls::toString);
        assertTrue(calls.indexOf("resume pgb1") < calls.indexOf("pause [pgb1, pgb2]"), calls::toString);
    }

    @Test
    void saysWhereClientsWait() {
        var trial = new Trial(Plight.CRASHED);
        var outcome = trial.live(with(Plight.CRASHED, "promote", Kind.NO_ANSWER, Moment.BEFORE))
                .outcome()
                .orElseThrow();

        assertTrue(codes(outcome).contains("clients-wait"), outcome::toString);
    }

    @Test
    void goesNoFurtherWhereThePrimaryIsBack() {
        var trial = cut(Plight.OFF, "promote", Moment.BEFORE);
        trial.live(Deed.COME_BACK);

        var outcome = trial.live(Deed.RESUME).outcome().orElseThrow();

        assertInstanceOf(Outcome.Refused.class, outcome);
        assertEquals(List.of("primary-healthy"), codes(outcome));
        assertEquals("rolled_back", trial.live(Deed.ROLL_BACK).word());
        assertEquals(List.of(PG1), trial.world().primaries());
        assertTrue(trial.world().cluster().pointsAt(PGB1, PG1));
    }

    @Test
    void fencesAPrimaryThatIsBackAfterThePromotion() {
        var trial = cut(Plight.OFF, "promote", Moment.AFTER);
        trial.live(Deed.COME_BACK);
        assertEquals(List.of(PG1, PG2), trial.world().primaries());

        assertEquals("succeeded", trial.live(Deed.RESUME).word());

        assertEquals(List.of(PG2), trial.world().primaries());
        assertTrue(trial.world().cluster().hasTombstone(PG1));
    }

    @Test
    void takesNothingBackWhileTheReturnedPrimaryWrites() {
        var trial = cut(Plight.OFF, "promote", Moment.AFTER);
        trial.live(Deed.COME_BACK);

        var outcome = trial.live(Deed.ROLL_BACK).outcome().orElseThrow();

        assertEquals(List.of("past-no-return"), codes(outcome));
    }

    /// It had more than was allowed to be lost, and was known to.
    @Test
    void remembersHowFarAStandbyWasThatIsGone() {
        var trial = cut(Plight.OFF, "catchUp", Moment.BEFORE);
        trial.live(Deed.LOSE_SIBLING);

        var outcome = trial.live(Deed.RESUME).outcome().orElseThrow();

        assertInstanceOf(Outcome.Refused.class, outcome);
        assertEquals(List.of("too-much-lost"), codes(outcome));
        assertEquals("rolled_back", trial.live(Deed.ROLL_BACK).word());
    }

    @Test
    void aStandbyThatIsGoneSinceMayHaveMore() {
        var trial = cut(Plight.CRASHED, "promote", Moment.BEFORE);
        trial.live(Deed.LOSE_SIBLING);

        var outcome = trial.live(Deed.RESUME).outcome().orElseThrow();

        assertEquals(List.of("standby-unheard"), codes(outcome));
    }

    /// Clients had been let in by the pooler's host while a slow fence was at work; the failover goes on.
    @Test
    void aSwitchThatFiresDuringTheFenceIsNotTheEnd() {
        var trial = new Trial(Plight.OFF);

        var ending = trial.live(with(Plight.OFF, "fence", Kind.FIRES, Moment.BEFORE));

        assertEquals("succeeded", ending.word());
    }

    @Test
    void nothingIsLostByWhoHasEverything() {
        var trial = cut(Plight.SHUT_DOWN, "promote", Moment.BEFORE);
        trial.live(Deed.LOSE_SIBLING);

        assertEquals("succeeded", trial.live(Deed.RESUME).word());
    }

    @Test
    void theWordIsThatOfWhoGaveIt() {
        var trial = cut(Plight.OFF, "begin", Moment.AFTER);

        trial.live(Deed.RESUME);

        assertTrue(
                trial.history().entries().stream()
                        .anyMatch(entry -> entry.remark().contains("says alice at 1970-01-01T00:00:00Z")),
                () -> trial.history().entries().toString());
    }

    /// Every look counts anew: that the host was silent when it was fenced says nothing.
    @Test
    void aHostThatAnswersOverrulesTheWord() {
        var cluster = Rehearsal.of(Plight.OFF.topology());
        var journal = onBegin(5, () -> cluster.put(PG1, Clusters.primary()));

        var outcome = new Executor(cluster, journal, new Silence(), new Interruption()).run(Plight.OFF.plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertTrue(codes(outcome).contains("not-fenced"), outcome::toString);
        assertInstanceOf(NodeState.Standby.class, cluster.observe(PG2));
    }

    /// Between the first look and the request somebody else may have promoted another one.
    @Test
    void promotesNobodyBesideWhomSomebodyElseHasPromotedMeanwhile() {
        var cluster = Rehearsal.of(Plight.CRASHED.topology());
        var journal = onBegin(6, () -> cluster.put(PG3, Clusters.primary()));

        var outcome = new Executor(cluster, journal, new Silence(), new Interruption()).run(Plight.CRASHED.plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertTrue(codes(outcome).contains("not-the-only-primary"), outcome::toString);
        assertInstanceOf(NodeState.Standby.class, cluster.observe(PG2));
        assertTrue(cluster.hasTombstone(PG1));
    }

    /// Else the pooler's host would let clients in between then and the promotion, which ends the run.
    @Test
    void clientsThatAreHeldGetAWholeBudgetOnceItIsFenced() {
        var calls = names(new Trial(Plight.CRASHED).live(Deed.RUN));

        var fenced = calls.subList(calls.indexOf("fence pgdb1"), calls.indexOf("promote pgdb2"));
        for (var pooler : List.of("pgb1", "pgb2")) {
            assertTrue(fenced.contains("armSwitch [" + pooler + "]"), calls::toString);
            assertFalse(fenced.contains("kill " + pooler), calls::toString);
        }
    }

    @Test
    void needsNoRestartWhereTheOldPrimaryIsFenced() {
        var calls = names(cut(Plight.FROZEN, "promote", Moment.BEFORE).live(Deed.RESUME));

        assertFalse(calls.contains("restart pgdb2"), calls::toString);
        assertTrue(calls.contains("promote pgdb2"), calls::toString);
    }

    @Test
    void aFenceIsGoneOnWithWhileTwoAcceptWrites() {
        var trial = cut(Plight.SPLIT_BRAIN, "fence", Moment.BEFORE);

        assertEquals("succeeded", trial.live(Deed.RESUME).word());
    }

    @Test
    void aFenceIsNotTakenBackBesideAnotherPrimary() {
        var trial = cut(Plight.SPLIT_BRAIN, "fence", Moment.AFTER);

        trial.live(Deed.ROLL_BACK);

        assertEquals(List.of(PG2), trial.world().primaries());
    }

    /// They led to somebody whom nobody knows any more.
    @Test
    void aRouteIsNotTakenBack() {
        var trial = new Trial(Plight.ROUTE);
        var ending = trial.live(with(Plight.ROUTE, "writeThrough", Kind.FAILS, Moment.BEFORE));
        assertEquals("unfinished", ending.word());

        var refused = trial.live(Deed.ROLL_BACK).outcome().orElseThrow();
        assertEquals(
                "What was begun cannot be taken back: it is not known where pgb1 led before; it is not known where pgb2"
                        + " led before.",
                refused.problems().getFirst().detail());
        assertEquals("succeeded", trial.live(Deed.RESUME).word());
    }

    @Test
    void aPoolerThatCannotBeAskedNeedsAProof() {
        var cluster = Rehearsal.of(without(PGB1));
        var checks = new FailoverChecks(cluster, without(PGB1), PG1, PG2);

        assertTrue(checks.poolers(new Concession(Plight.ALLOWED, true)).stream().anyMatch(Problem::isError));
        assertTrue(
                checks.poolers(new Concession(Plight.ALLOWED, false)).stream().noneMatch(Problem::isError));
    }

    @Test
    void aPoolerThatIsGoneSinceNeedsAProof() {
        var plan = Plight.OFF.plan();
        var gone = new Plan(plan.runbook(), plan.parameters(), plan.cast(), plan.steps(), plan.verify(), without(PGB1));

        var objections = FailoverAgain.objections(Rehearsal.of(without(PGB1)), gone);

        assertTrue(
                objections.stream().anyMatch(problem -> problem.code().equals("pooler-unreachable")),
                objections::toString);
    }

    @Test
    void whatOthersReachByNowIsNotLost() {
        var alive = new Evidence(
                PG1, List.of(new Sighting("pgdb2", Sighting.Way.PORT, Sighting.Answer.ALIVE, "")), List.of(), 4);
        var cut = cut(Plight.OFF, "promote", Moment.BEFORE);
        var made = cut(Plight.OFF, "promote", Moment.AFTER);

        assertEquals(Optional.of("primary-alive"), objection(cut, alive));
        assertEquals(Optional.empty(), objection(made, alive));
    }

    private static Optional<String> objection(Trial trial, Evidence evidence) {
        return Suspicion.objectionToGoingOn(
                        trial.history(), trial.world().cluster().observe(), evidence, Optional.of(PG2))
                .map(Problem::code);
    }

    private static Topology without(io.heliosctl.model.PoolerName name) {
        var all = Plight.OFF.topology();
        var poolers = new LinkedHashMap<>(all.poolers());
        poolers.put(name, new PoolerState.Unreachable("no answer"));
        return new Topology(all.cluster(), all.at(), all.nodes(), poolers);
    }

    private static Trial cut(Plight plight, String call, Moment moment) {
        var trial = new Trial(plight);
        trial.live(with(plight, call, Kind.DIES, moment));
        return trial;
    }

    private static Life with(Plight plight, String call, Kind kind, Moment moment) {
        return new Life(Deed.RUN, List.of(new Fault(index(plight, call), kind, moment)));
    }

    private static int index(Plight plight, String name) {
        var calls = new Trial(plight).live(Deed.RUN).calls();
        for (int call = 0; call < calls.size(); call++) {
            if (calls.get(call).name().equals(name)) {
                return call;
            }
        }
        throw new AssertionError("no " + name + " in " + calls);
    }

    private static List<String> names(Ending ending) {
        return ending.calls().stream().map(FaultyLife.Call::toString).toList();
    }

    private static List<String> codes(Outcome outcome) {
        return outcome.problems().stream().map(Problem::code).toList();
    }

    private static Journal onBegin(int number, Runnable then) {
        var written = new MemoryJournal();
        return new Journal() {
            @Override
            public void begin(PlannedStep step, List<Step> parts, boolean takingBack) {
                written.begin(step, parts, takingBack);
                if (step.number() == number && !takingBack) {
                    then.run();
                }
            }

            @Override
            public void end(StepRecord record) {
                written.end(record);
            }

            @Override
            public void kept(PlannedStep step, Map<String, Object> values) {
                written.kept(step, values);
            }

            @Override
            public void ended(Outcome outcome) {
                written.ended(outcome);
            }
        };
    }
}
