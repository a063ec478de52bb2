package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PGB1;
import static io.heliosctl.run.Clusters.PGB2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.Runbooks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A run that is asked to stop, that has lost its locks, or that was asleep.
class StoppedRunTest {

    private static final Problem STALE = Problem.error("stale-epoch", "another run has taken this cluster over");

    private final Rehearsal cluster = Rehearsal.of(Clusters.healthy());
    private final Interruption interruption = new Interruption();
    private final AtomicLong clock = new AtomicLong();
    private final Wakefulness wakefulness = new Wakefulness(clock::get, () -> 0);
    private Consumer<String> onStart = verb -> {};
    private volatile boolean lost;

    @Test
    void isTakenBackBeforeThePromotion() {
        onStart = verb -> {
            if (verb.equals("stop_postgres")) {
                interruption.request("Ctrl-C");
            }
        };

        assertEquals(
                List.of("interrupted"),
                codes(assertInstanceOf(Outcome.RolledBack.class, run()).problems()));
        assertInstanceOf(NodeState.Primary.class, cluster.observe(PG1));
        assertNothingPaused();
    }

    @Test
    void letsTheClientsInAfterThePromotionAndStops() {
        onStart = verb -> {
            if (verb.equals("promote")) {
                interruption.request("Ctrl-C");
            }
        };

        var outcome = assertInstanceOf(Outcome.Unfinished.class, run());

        assertEquals(List.of("interrupted", "not-made", "not-made"), codes(outcome.problems()));
        assertInstanceOf(NodeState.Primary.class, cluster.observe(PG2));
        assertInstanceOf(NodeState.Stopped.class, cluster.observe(PG1));
        assertNothingPaused();
    }

    @Test
    void pausesNobodyOnceItIsToStop() {
        onStart = verb -> {
            if (verb.equals("pause_pool")) {
                interruption.request("Ctrl-C");
            }
        };

        assertInstanceOf(Outcome.RolledBack.class, run());
        assertNothingPaused();
    }

    @Test
    void touchesNothingMoreWhenAnotherRunHasTakenOver() {
        onStart = verb -> lost |= verb.equals("wait_for_wal");

        var outcome = assertInstanceOf(Outcome.Unfinished.class, run());

        assertEquals(List.of("stale-epoch", "clients-wait"), codes(outcome.problems()));
        assertInstanceOf(NodeState.Stopped.class, cluster.observe(PG1));
        assertTrue(cluster.hasTombstone(PG1));
        assertInstanceOf(NodeState.Standby.class, cluster.observe(PG2));
    }

    @Test
    void doesNotPromoteOnceAnotherRunHasTakenOver() {
        onStart = verb -> lost |= verb.equals("promote");

        assertInstanceOf(Outcome.Unfinished.class, run());
        assertInstanceOf(NodeState.Standby.class, cluster.observe(PG2));
        assertInstanceOf(NodeState.Stopped.class, cluster.observe(PG1));
    }

    @Test
    void isTakenBackWhenItSleptAndThePoolersAreNotPausedAnyMore() {
        onStart = verb -> {
            if (verb.equals("stop_postgres")) {
                clock.addAndGet(5_001);
                cluster.resume(Clusters.PGB1);
                cluster.resume(Clusters.PGB2);
            }
        };

        var outcome = assertInstanceOf(Outcome.RolledBack.class, run());

        assertEquals(
                List.of("not-paused"),
                codes(outcome.problems()).stream().distinct().toList());
        assertInstanceOf(NodeState.Primary.class, cluster.observe(PG1));
        assertNothingPaused();
    }

    /// A standby whose signal file was taken away comes up as a primary of the same timeline.
    @Test
    void findsASecondPrimaryOnceItHasSlept() {
        var now = Rehearsal.of(Clusters.with(Clusters.PG3, Clusters.primary()));

        assertEquals(List.of("cluster-changed"), codes(new Reproof(now).problems(plan(), List.of())));
    }

    @Test
    void goesOnWhenItSleptAndAllIsAsItWas() {
        onStart = verb -> {
            if (verb.equals("configure")) {
                clock.addAndGet(3_600_000);
            }
        };

        assertInstanceOf(Outcome.Succeeded.class, run());
    }

    @Test
    void aShortDelayIsNoSleep() {
        assertFalse(wakefulness.hasSlept());
        clock.addAndGet(5_000);
        assertFalse(wakefulness.hasSlept());
        clock.addAndGet(5_001);
        assertTrue(wakefulness.hasSlept());
        assertFalse(wakefulness.hasSlept());
    }

    private static Plan plan() {
        return new Planner(new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
    }

    private Outcome run() {
        Tenure tenure = (Set<String> targets) -> lost ? List.of(STALE) : List.of();
        return new Executor(cluster, Journal.none(), listener(), interruption, tenure, wakefulness, Doubts.nobody())
                .run(plan());
    }

    private void assertNothingPaused() {
        assertFalse(cluster.isPaused(PGB1));
        assertFalse(cluster.isPaused(PGB2));
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }

    private RunListener listener() {
        return new RunListener() {
            @Override
            public void stepStarted(PlannedStep step) {
                step.parts().stream().findFirst().ifPresent(part -> onStart.accept(part.verb()));
            }

            @Override
            public void stepFinished(StepRecord step) {}

            @Override
            public void pointOfNoReturn() {}

            @Override
            public void takingBack() {}

            @Override
            public void verifying() {}
        };
    }
}
