package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PGB1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Topology;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Life;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.Runbooks;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Every built-in runbook, every call it makes, everything that may go wrong there, and then somebody who goes
/// on, or nobody. See docs/testing.md.
class InterruptionMatrixTest {

    static final List<String> RUNBOOKS = List.of("switchover");

    /// For those who have to run this often.
    private static final int MOST = Integer.getInteger("heliosctl.matrix.faults", 3);

    /// As in the usual models: a step dies before or after its effect, fails, or is not answered.
    private static final List<Fault.Kind> WORST = List.of(Fault.Kind.DIES, Fault.Kind.FAILS, Fault.Kind.NO_ANSWER);

    @ParameterizedTest
    @FieldSource("RUNBOOKS")
    void isQuietWhenNothingGoesWrong(String runbook) {
        var trial = trial(plan(runbook));

        assertEquals("succeeded", trial.live(Deed.RUN).word());
        assertEquals(0, trial.world().errors(), "clients wait, and are never told no");
        assertTrue(trial.world().writes() > 0);
        trial.finish(Deed.RESUME);
    }

    @ParameterizedTest
    @FieldSource("RUNBOOKS")
    void survivesEveryFaultAtEveryCall(String runbook) {
        var plan = plan(runbook);
        var matrix = new Matrix(() -> trial(plan), List.of(Fault.Kind.values()), true);

        matrix.explore(1);

        matrix.report(runbook + ", one fault");
    }

    /// The targets of a step are made in parallel, so any of them may be the first.
    @ParameterizedTest
    @FieldSource("RUNBOOKS")
    void survivesThemInTheOtherOrderToo(String runbook) {
        var plan = reversed(plan(runbook));
        var matrix = new Matrix(() -> trial(plan), List.of(Fault.Kind.values()), true);

        matrix.explore(1);

        matrix.report(runbook + ", one fault, targets reversed");
    }

    @ParameterizedTest
    @FieldSource("RUNBOOKS")
    void survivesTwoFaults(String runbook) {
        var plan = plan(runbook, Clusters.healthy());
        var matrix = new Matrix(() -> trial(plan), WORST, false);

        matrix.explore(Math.min(2, MOST));

        matrix.report(runbook + ", up to two faults");
    }

    /// Of one pooler: more of them make more paths, not other ones.
    @ParameterizedTest
    @FieldSource("RUNBOOKS")
    void survivesThreeFaults(String runbook) {
        var plan = plan(runbook, withOnePooler());
        var matrix = new Matrix(() -> trial(plan), WORST, false);

        matrix.explore(Math.min(3, MOST));

        matrix.report(runbook + " with one pooler, up to three faults");
    }

    /// The stop waits for it, gives up and ends as cleanly as any: only the candidate's own position tells.
    @Test
    void losesNothingWhenTheCandidateReceivesNothing() {
        var plan = plan("switchover");
        var matrix = new Matrix(() -> frozen(trial(plan)), List.of(Fault.Kind.values()), true);

        matrix.explore(1);

        matrix.report("switchover, one fault, to a candidate that receives nothing");
        assertEquals("rolled_back", frozen(trial(plan)).live(Deed.RUN).word());
    }

    private static Trial frozen(Trial trial) {
        trial.world().freeze(PG2);
        return trial;
    }

    /// It was sent and not answered, and arrives at any moment of what is done then, or never.
    @ParameterizedTest
    @CsvSource({"DIES, RESUME", "DIES, ROLL_BACK", "NO_ANSWER, RESUME", "NO_ANSWER, ROLL_BACK"})
    void survivesAPromotionThatArrivesLate(Fault.Kind kind, Deed deed) {
        var plan = plan("switchover");
        var calls = trial(plan).live(Deed.RUN).calls();
        var promote = IntStream.range(0, calls.size())
                .filter(call -> calls.get(call).name().equals("promote"))
                .findFirst()
                .orElseThrow();
        for (int delay = 0; delay < 200; delay++) {
            var trial = trial(plan);
            trial.live(new Life(Deed.RUN, List.of(new Fault(promote, kind, Fault.Moment.LATE, delay))));
            trial.finish(deed);
        }
    }

    private static Plan plan(String runbook) {
        return plan(runbook, Clusters.healthy());
    }

    private static Plan plan(String runbook, Topology topology) {
        return new Planner(new Runbooks(List.of()).find(runbook), topology, Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
    }

    private static Topology withOnePooler() {
        var healthy = Clusters.healthy();
        var cluster = new Cluster(
                healthy.cluster().name(),
                healthy.cluster().environment(),
                Map.of(),
                healthy.cluster().nodes(),
                List.of(healthy.cluster().pooler(PGB1)),
                healthy.cluster().databases(),
                Map.of());
        return new Topology(cluster, healthy.at(), healthy.nodes(), Map.of(PGB1, healthy.state(PGB1)));
    }

    private static Plan reversed(Plan plan) {
        return new Plan(
                plan.runbook(),
                plan.parameters(),
                plan.cast(),
                plan.steps().stream().map(InterruptionMatrixTest::reversed).toList(),
                plan.verify(),
                plan.before());
    }

    private static PlannedStep reversed(PlannedStep step) {
        return new PlannedStep(step.number(), step.name(), step.parts().reversed(), step.tolerate(), step.atOnce());
    }

    private static Trial trial(Plan plan) {
        return new Trial(plan, plan.before(), PG1, PG2);
    }
}
