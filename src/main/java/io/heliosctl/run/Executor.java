package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Problem;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.ResumePool;
import io.heliosctl.step.Step;
import io.heliosctl.step.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the steps of a plan in order. Until a step that cannot be taken back has started, any failure takes the run
/// back; from then on it only goes forwards.
public final class Executor {

    private final ClusterControl cluster;
    private final Journal journal;
    private final RunListener listener;
    private final Interruption interruption;
    private final StepRunner runner;
    private final Tenure tenure;
    private final Wakefulness wakefulness;
    private final List<StepRecord> records = new ArrayList<>();
    private Optional<Plan> plan = Optional.empty();
    private boolean committed;

    /// Without locks, and never asleep: for rehearsals.
    public Executor(ClusterControl cluster, Journal journal, RunListener listener, Interruption interruption) {
        this(cluster, journal, listener, interruption, Tenure.unchallenged(), Wakefulness.always());
    }

    public Executor(
            ClusterControl cluster,
            Journal journal,
            RunListener listener,
            Interruption interruption,
            Tenure tenure,
            Wakefulness wakefulness) {
        this.cluster = cluster;
        this.journal = journal;
        this.listener = listener;
        this.interruption = interruption;
        this.tenure = tenure;
        this.wakefulness = wakefulness;
        this.runner = new StepRunner(cluster, journal, interruption, this::objections);
    }

    /// Every step made so far, in order.
    public List<StepRecord> records() {
        return List.copyOf(records);
    }

    public Outcome run(Plan plan) {
        this.plan = Optional.of(plan);
        var unprepared = runner.prepare(plan.steps());
        if (!unprepared.isEmpty()) {
            return end(new Outcome.Refused(unprepared));
        }
        for (var step : plan.steps()) {
            if (interruption.requested() && !committed) {
                return takeBack(List.of(interruption.problem()));
            }
            if (interruption.requested() && isHarmlessToStopBefore(plan, step)) {
                return end(new Outcome.Unfinished(leftOut(plan, step)));
            }
            if (!committed && isPointOfNoReturn(step)) {
                listener.pointOfNoReturn();
            }
            var record = make(step, false);
            committed |= isPointOfNoReturn(step) && StepRunner.started(record);
            if (record.failed()) {
                return committed ? end(new Outcome.Unfinished(record.problems())) : takeBack(record.problems());
            }
        }
        return verify(plan);
    }

    /// Whether this run may still change something. Clients are let in and changes are taken back as long as no later
    /// run has been there; for anything else each host must still know this run.
    private List<Problem> objections(List<Step> due, boolean takingBack) {
        var targets = due.stream()
                .filter(step -> !takingBack && !(step instanceof ResumePool))
                .map(Step::targetName)
                .collect(Collectors.toSet());
        var refusals = tenure.refusals(targets);
        if (!refusals.isEmpty() || takingBack || committed || !wakefulness.hasSlept()) {
            return refusals;
        }
        return plan.map(planned -> new Reproof(cluster).problems(planned, records))
                .orElse(List.of());
    }

    /// After the point of no return a run may be stopped once clients are let in.
    private static boolean isHarmlessToStopBefore(Plan plan, PlannedStep next) {
        return remaining(plan, next).flatMap(step -> step.parts().stream()).noneMatch(ResumePool.class::isInstance);
    }

    private List<Problem> leftOut(Plan plan, PlannedStep next) {
        var problems = new ArrayList<>(List.of(interruption.problem()));
        remaining(plan, next)
                .filter(step -> !step.parts().isEmpty())
                .map(step -> Problem.error("not-made", "step %d was not made: %s".formatted(step.number(), step.name()))
                        .hint("Make it by hand: " + step.parts().getFirst().summary() + "."))
                .forEach(problems::add);
        return problems;
    }

    private static Stream<PlannedStep> remaining(Plan plan, PlannedStep next) {
        return plan.steps().stream().dropWhile(step -> step.number() != next.number());
    }

    private StepRecord make(PlannedStep step, boolean takingBack) {
        listener.stepStarted(step);
        var record = runner.run(step, takingBack);
        records.add(record);
        listener.stepFinished(record);
        return record;
    }

    private Outcome verify(Plan plan) {
        listener.verifying();
        var failures = new ArrayList<Problem>();
        for (var check : plan.verify()) {
            var record = make(check, false);
            if (record.failed()) {
                failures.addAll(record.problems());
            }
        }
        if (failures.isEmpty()) {
            return end(new Outcome.Succeeded(owed()));
        }
        return committed ? end(new Outcome.Unfinished(failures)) : takeBack(failures);
    }

    /// What was tolerated on the way and has not been mended since.
    private List<Problem> owed() {
        return records.stream()
                .filter(record -> !record.failed() && record.failures() > 0)
                .flatMap(record -> record.problems().stream())
                .toList();
    }

    private Outcome takeBack(List<Problem> reasons) {
        listener.takingBack();
        var undone = new ArrayList<>(reasons);
        var complete = true;
        for (var step : undoSteps()) {
            var record = make(step, true);
            if (record.failures() > 0) {
                complete = false;
                undone.addAll(record.problems());
            }
        }
        var problems = undone.stream().distinct().toList();
        return end(complete ? new Outcome.RolledBack(problems) : new Outcome.Unfinished(problems));
    }

    /// The undo of every target that was touched, last step first; one failing undo does not stop the others.
    private List<PlannedStep> undoSteps() {
        var steps = new ArrayList<PlannedStep>();
        for (var record : records.reversed()) {
            var parts = record.results().stream()
                    .filter(PartResult::touched)
                    .map(result -> result.step().undo())
                    .filter(Undo.With.class::isInstance)
                    .map(undo -> ((Undo.With) undo).step())
                    .toList();
            if (!parts.isEmpty()) {
                var number = record.step().number();
                steps.add(new PlannedStep(number, "Take back: " + record.step().name(), parts, 0, parts.size()));
            }
        }
        return steps;
    }

    private static boolean isPointOfNoReturn(PlannedStep step) {
        return step.parts().stream().anyMatch(part -> part.undo() instanceof Undo.Impossible);
    }

    private Outcome end(Outcome outcome) {
        journal.ended(outcome);
        return outcome;
    }
}
