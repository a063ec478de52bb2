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

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.Runbooks;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.Step;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A switchover on the pretend cluster: what is done, what is taken back, and what never is.
class ExecutorTest {

    private final Rehearsal cluster = Rehearsal.of(Clusters.healthy());
    private final List<String> journalled = new ArrayList<>();

    @Test
    void movesThePrimaryAndLetsTheClientsIn() {
        var outcome = executor(cluster).run(plan());

        assertEquals(new Outcome.Succeeded(List.of()), outcome);
        assertSwitchedOver();
    }

    @Test
    void writesEveryStepDownBeforeItIsMade() {
        executor(cluster).run(plan());

        assertEquals(
                List.of(
                        "checkpoint",
                        "configure",
                        "pause_pool",
                        "point_pool",
                        "stop_postgres",
                        "wait_for_wal",
                        "promote",
                        "resume_pool",
                        "follow",
                        "rejoin",
                        "single_primary",
                        "write_probe",
                        "streaming",
                        "wal_status"),
                journalled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "pause", "point", "stop", "tombstone", "awaitReceived"})
    void takesEverythingBackWhenAStepFailsBeforeThePromotion(String call) {
        var outcome = executor(failing(call, ExecutorTest::refusal)).run(plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "point", "stop", "tombstone"})
    void takesBackWhatMayHaveHappened(String call) {
        var outcome = executor(failing(call, ExecutorTest::noAnswer)).run(plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "point", "stop"})
    void takesBackAfterABugToo(String call) {
        var outcome = executor(failing(call, () -> new IllegalStateException("a bug")))
                .run(plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertAsBefore();
    }

    @Test
    void takesNothingBackOnceThePromotionWasSent() {
        var outcome = executor(failing("promote", ExecutorTest::noAnswer)).run(plan());

        assertInstanceOf(Outcome.Unfinished.class, outcome);
        assertInstanceOf(NodeState.Stopped.class, cluster.observe(PG1));
        assertTrue(cluster.hasTombstone(PG1));
    }

    @Test
    void owesWhatWasTolerated() {
        var outcome = executor(failing("rejoin", ExecutorTest::refusal)).run(plan());

        var done = assertInstanceOf(Outcome.Succeeded.class, outcome);
        assertEquals(List.of(refusal().problems().getFirst()), done.owed());
        assertInstanceOf(NodeState.Primary.class, cluster.observe(PG2));
    }

    @Test
    void saysUnfinishedWhenTakingBackFails() {
        var outcome = executor(failing(Set.of("stop", "resume"), ExecutorTest::refusal))
                .run(plan());

        assertInstanceOf(Outcome.Unfinished.class, outcome);
        assertFalse(cluster.hasTombstone(PG1), "one failing undo must not stop the others");
    }

    @Test
    void isNotDoneWhileNobodyCanWriteThroughAPooler() {
        var outcome = executor(failing("writeThrough", ExecutorTest::refusal)).run(plan());

        assertInstanceOf(Outcome.Unfinished.class, outcome, "there is a new primary, so nothing is taken back");
        assertEquals(List.of(PG2), cluster.observe().primaries());
    }

    @Test
    void leavesAPoolPausedThatSomebodyElseHadPaused() {
        var paused = Rehearsal.of(Clusters.with(PGB1, Clusters.answering("10.0.1.11", true)));

        new Executor(
                        failing(paused, Set.of("stop"), ExecutorTest::refusal),
                        journal(),
                        new Silence(),
                        new Interruption())
                .run(plan());

        assertTrue(paused.isPaused(PGB1));
        assertFalse(paused.isPaused(PGB2));
    }

    @Test
    void pausesAllPoolersAsOneAndTellsOnceWhyTheyCouldNotBe() {
        var executor = executor(failing("pause", ExecutorTest::refusal));
        executor.run(plan());

        var pause = executor.records().stream()
                .filter(record -> record.step().parts().getFirst() instanceof PausePool)
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(PartResult.Status.FAILED, PartResult.Status.FAILED),
                pause.results().stream().map(PartResult::status).toList());
        assertEquals(refusal().problems(), pause.problems());
    }

    @Test
    void stopsBetweenStepsWhenAskedTo() {
        var interruption = new Interruption();
        interruption.request("Ctrl-C");

        var outcome = new Executor(cluster, journal(), new Silence(), interruption).run(plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertEquals(List.of(), journalled);
    }

    @Test
    void makesNoStepThatCannotBeJournalled() {
        var full = new ProblemException(Problem.error("journal-unwritable", "no space left on device"));
        var outcome = new Executor(cluster, failingJournal(full), new Silence(), new Interruption()).run(plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertAsBefore();
    }

    private void assertSwitchedOver() {
        assertEquals(List.of(PG2), cluster.observe().primaries());
        assertTrue(cluster.streamsFrom(PG1, PG2));
        assertTrue(cluster.streamsFrom(PG3, PG2));
        for (var pooler : List.of(PGB1, PGB2)) {
            assertFalse(cluster.isPaused(pooler));
            assertTrue(cluster.pointsAt(pooler, PG2));
        }
    }

    private void assertAsBefore() {
        assertEquals(List.of(PG1), cluster.observe().primaries());
        assertFalse(cluster.hasTombstone(PG1));
        for (var pooler : List.of(PGB1, PGB2)) {
            assertFalse(cluster.isPaused(pooler));
            assertTrue(cluster.pointsAt(pooler, PG1));
        }
    }

    private static Plan plan() {
        return new Planner(new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
    }

    private Executor executor(ClusterControl control) {
        return new Executor(control, journal(), new Silence(), new Interruption());
    }

    private ClusterControl failing(String call, Supplier<RuntimeException> failure) {
        return failing(Set.of(call), failure);
    }

    private ClusterControl failing(Set<String> calls, Supplier<RuntimeException> failure) {
        return failing(cluster, calls, failure);
    }

    /// The first call of each kind takes effect and then fails: the worst of both.
    private static ClusterControl failing(Rehearsal cluster, Set<String> calls, Supplier<RuntimeException> failure) {
        var left = new ConcurrentSkipListSet<>(calls);
        return (ClusterControl) Proxy.newProxyInstance(
                ClusterControl.class.getClassLoader(), new Class<?>[] {ClusterControl.class}, (proxy, method, args) -> {
                    try {
                        var result = method.invoke(cluster, args);
                        if (left.remove(method.getName())) {
                            throw failure.get();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static ProblemException refusal() {
        return new ProblemException(Problem.error("test", "it did not work"));
    }

    private static ProblemException noAnswer() {
        return new UnknownOutcomeException(Problem.error("test", "no answer"));
    }

    private Journal journal() {
        return new Journal() {
            @Override
            public void begin(PlannedStep step, List<Step> parts, boolean takingBack) {
                journalled.add(parts.getFirst().verb());
            }

            @Override
            public void end(StepRecord record) {}

            @Override
            public void ended(Outcome outcome) {}
        };
    }

    private static Journal failingJournal(ProblemException failure) {
        return new Journal() {
            @Override
            public void begin(PlannedStep step, List<Step> parts, boolean takingBack) {
                throw failure;
            }

            @Override
            public void end(StepRecord record) {}

            @Override
            public void ended(Outcome outcome) {}
        };
    }
}
