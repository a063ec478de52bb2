package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.Runbooks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every built-in runbook, every call it makes, everything that may go wrong there, and then somebody who goes on, or
/// nobody. See docs/testing.md.
class InterruptionMatrixTest {

    static final List<String> RUNBOOKS = Runbooks.BUILT_IN;

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

    @Test
    void survivesUpToThreeFaultsOfASwitchover() {
        var kinds = List.of(Fault.Kind.DIES, Fault.Kind.FAILS, Fault.Kind.NO_ANSWER);
        var plan = plan("switchover");
        var matrix = new Matrix(() -> trial(plan), kinds, false);

        matrix.explore(3);

        matrix.report("switchover, up to three faults");
    }

    private static Plan plan(String runbook) {
        return new Planner(new Runbooks(List.of()).find(runbook), Clusters.healthy(), Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
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
        return new PlannedStep(
                step.number(), step.name(), step.parts().reversed(), step.tolerate(), step.atOnce());
    }

    private static Trial trial(Plan plan) {
        return new Trial(plan, Clusters.healthy(), PG1, PG2);
    }
}
