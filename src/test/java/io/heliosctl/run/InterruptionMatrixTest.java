package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Life;
import io.heliosctl.runbook.PlannedStep;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every built-in runbook, every call it makes, everything that may go wrong there, and then somebody who goes
/// on, or nobody. See docs/testing.md.
class InterruptionMatrixTest {

    static final List<Plight> PLIGHTS = Plight.ALL;

    static final List<Plight> DEEP = List.of(Plight.SWITCHOVER, Plight.FROZEN);

    /// For those who have to run this often.
    private static final int MOST = Integer.getInteger("heliosctl.matrix.faults", 3);

    /// As in the usual models: a step dies before or after its effect, fails, or is not answered.
    private static final List<Fault.Kind> WORST = List.of(Fault.Kind.DIES, Fault.Kind.FAILS, Fault.Kind.NO_ANSWER);

    @ParameterizedTest
    @FieldSource("PLIGHTS")
    void isDoneWhenNothingGoesWrong(Plight plight) {
        var trial = new Trial(plight);

        assertEquals("succeeded", trial.live(Deed.RUN).word());
        trial.finish(Deed.RESUME);
    }

    @Test
    void isQuietWhenThePrimaryIsMoved() {
        var trial = new Trial(Plight.SWITCHOVER);

        trial.live(Deed.RUN);

        assertEquals(0, trial.world().errors(), "clients wait, and are never told no");
        assertTrue(trial.world().writes() > 0);
    }

    @ParameterizedTest
    @FieldSource("PLIGHTS")
    void survivesEveryFaultAtEveryCall(Plight plight) {
        var plan = plight.plan();
        var matrix = new Matrix(() -> new Trial(plan, plight), List.of(Fault.Kind.values()), true);

        matrix.explore(1);

        matrix.report(plight + ", one fault");
    }

    /// The targets of a step are made in parallel, so any of them may be the first.
    @ParameterizedTest
    @FieldSource("PLIGHTS")
    void survivesThemInTheOtherOrderToo(Plight plight) {
        var plan = reversed(plight.plan());
        var matrix = new Matrix(() -> new Trial(plan, plight), List.of(Fault.Kind.values()), true);

        matrix.explore(1);

        matrix.report(plight + ", one fault, targets reversed");
    }

    @ParameterizedTest
    @FieldSource("PLIGHTS")
    void survivesTwoFaults(Plight plight) {
        var plan = plight.plan();
        var matrix = new Matrix(() -> new Trial(plan, plight), WORST, false);

        matrix.explore(Math.min(2, MOST));

        matrix.report(plight + ", up to two faults");
    }

    /// Of one pooler: more of them make more paths, not other ones.
    @ParameterizedTest
    @FieldSource("DEEP")
    void survivesThreeFaults(Plight plight) {
        var smaller = plight.withOnePooler();
        var plan = smaller.plan();
        var matrix = new Matrix(() -> new Trial(plan, smaller), WORST, false);

        matrix.explore(Math.min(3, MOST));

        matrix.report(plight + " with one pooler, up to three faults");
    }

    /// The stop waits for it, gives up and ends as cleanly as any: only the candidate's own position tells.
    @Test
    void losesNothingWhenTheCandidateReceivesNothing() {
        var plan = Plight.SWITCHOVER.plan();
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
    @FieldSource("LATE")
    void survivesAPromotionThatArrivesLate(Late late) {
        var plan = late.plight().plan();
        var calls = new Trial(plan, late.plight()).live(Deed.RUN).calls();
        var promote = IntStream.range(0, calls.size())
                .filter(call -> calls.get(call).name().equals("promote"))
                .findFirst()
                .orElseThrow();
        for (int delay = 0; delay < 200; delay++) {
            var trial = new Trial(plan, late.plight());
            trial.live(new Life(Deed.RUN, List.of(new Fault(promote, late.kind(), Fault.Moment.LATE, delay))));
            trial.finish(late.deed());
        }
    }

    /// A promotion that was sent in vain, as it seems, and who comes then.
    record Late(Plight plight, Fault.Kind kind, Deed deed) {}

    static final List<Late> LATE = Stream.of(
                    Plight.SWITCHOVER, Plight.OFF, Plight.CRASHED, Plight.FROZEN, Plight.SHUT_DOWN)
            .flatMap(plight -> Stream.of(Fault.Kind.DIES, Fault.Kind.NO_ANSWER)
                    .flatMap(kind -> Stream.of(Deed.RESUME, Deed.ROLL_BACK).map(deed -> new Late(plight, kind, deed))))
            .toList();

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
        return new Trial(plan, Plight.SWITCHOVER);
    }
}
