package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Fence;
import io.heliosctl.step.Promote;
import io.heliosctl.step.ResumePool;
import io.heliosctl.step.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the steps of a plan in order. Until a step that cannot be taken back has started, any failure takes
/// the run back; from then on it only goes forwards.
public final class Executor {

    private final ClusterControl cluster;
    private final Journal journal;
    private final RunListener listener;
    private final Interruption interruption;
    private final StepRunner runner;
    private final Tenure tenure;
    private final Wakefulness wakefulness;
    private final Ledger ledger = new Ledger();
    private final Doubts doubts;
    private Optional<Plan> plan = Optional.empty();
    private boolean committed;

    /// Without locks, and never asleep: for rehearsals.
    public Executor(ClusterControl cluster, Journal journal, RunListener listener, Interruption interruption) {
        this(cluster, journal, listener, interruption, Tenure.unchallenged(), Wakefulness.always(), Doubts.nobody());
    }

    public Executor(
            ClusterControl cluster,
            Journal journal,
            RunListener listener,
            Interruption interruption,
            Tenure tenure,
            Wakefulness wakefulness,
            Doubts doubts) {
        this.cluster = cluster;
        this.journal = journal;
        this.listener = listener;
        this.interruption = interruption;
        this.tenure = tenure;
        this.wakefulness = wakefulness;
        this.doubts = doubts;
        this.runner = new StepRunner(cluster, journal, interruption, this::objections);
    }

    /// Every step made so far, in order, those of processes that were cut off included.
    public List<StepRecord> records() {
        return ledger.records();
    }

    /// Makes a plan from its beginning. On failure before the promotion what was done is taken back.
    public Outcome run(Plan plan) {
        this.plan = Optional.of(plan);
        var unwritten = unwritten();
        if (!unwritten.isEmpty()) {
            return end(new Outcome.Refused(unwritten));
        }
        var preparation = runner.prepare(plan.steps());
        // Whoever is out of service already is not to wait longer for it.
        var unprepared = plan.parts(Fence.class).findAny().isPresent()
                ? preparation.await(plan.steps().getFirst())
                : preparation.await();
        var outcome = unprepared.isEmpty() ? forwards(plan) : end(new Outcome.Refused(unprepared));
        preparation.await();
        return outcome;
    }

    /// Goes on with a run that was cut off, in the direction it had. A run that has ended is left as it is.
    ///
    /// @param plan made again for the same cast, for the cluster as it is now
    /// @return `Refused` if nothing was changed and the run is as open as it was before
    public Outcome resume(Plan plan, History history) {
        return goOn(plan, history, true);
    }

    /// Takes a run back that was cut off, or goes on taking it back. A run that has ended is left as it is.
    ///
    /// @param plan made again for the same cast, for the cluster as it is now
    /// @return `Refused` if nothing was changed and the run is as open as it was before
    public Outcome rollBack(Plan plan, History history) {
        return goOn(plan, history, false);
    }

    private Outcome goOn(Plan plan, History history, boolean forwards) {
        var past = new Past(plan, history);
        past.enter(ledger, Clock.systemUTC(), System.nanoTime());
        if (Endings.isEnded(history)) {
            return Endings.again(history, forwards, ledger.owed());
        }
        var strangers = past.strangers();
        if (!strangers.isEmpty()) {
            return new Outcome.Refused(strangers);
        }
        this.plan = Optional.of(plan);
        history.kept().forEach(cluster.scene()::keep);
        FailoverAgain.recall(cluster, plan, history.header());
        var unwritten = unwritten();
        if (!unwritten.isEmpty()) {
            return new Outcome.Refused(unwritten);
        }
        var objections =
                forwards && !past.isTakingBack() ? FailoverAgain.objections(cluster, plan) : List.<Problem>of();
        if (!objections.isEmpty()) {
            return new Outcome.Refused(objections);
        }
        var found = new PointOfNoReturn(cluster, step -> make(step, false)).find(plan, past, forwards);
        if (!found.refusals().isEmpty()) {
            return new Outcome.Refused(found.refusals());
        }
        committed = found.side() != PointOfNoReturn.Side.BEFORE;
        if (committed && !forwards) {
            return new Outcome.Refused(List.of(Endings.noWayBack(history, plan)));
        }
        var resumption = new Resumption(plan, past, doubts, found.side() == PointOfNoReturn.Side.BEHIND);
        var back = past.isTakingBack() || !forwards;
        var doubtful = resumption.settle(back ? ledger.undo(plan) : plan.steps(), back);
        if (!doubtful.isEmpty()) {
            return new Outcome.Refused(doubtful);
        }
        runner.remember(resumption);
        return back ? takeBack(List.of()) : goForwards(plan, resumption);
    }

    /// What steps note is in the journal from here on, and what was noted before too.
    private List<Problem> unwritten() {
        try {
            cluster.scene().witnessed(journal::noted);
            return List.of();
        } catch (ProblemException e) {
            return e.problems();
        }
    }

    private Outcome goForwards(Plan plan, Resumption resumption) {
        if (committed) {
            listener.pointOfNoReturn();
        }
        for (var step : resumption.toPauseAnew(isServed(plan))) {
            var record = make(step, false);
            if (record.failed()) {
                return committed ? end(new Outcome.Unfinished(record.problems())) : takeBack(record.problems());
            }
        }
        var unprepared = runner.prepare(plan.steps()).await();
        // After the promotion each step may still find its own way; before it there is no reason to go on.
        return unprepared.isEmpty() || committed ? forwards(plan) : takeBack(unprepared);
    }

    /// True if a server that is to hand over still accepts writes.
    private boolean isServed(Plan plan) {
        return plan.parts(Promote.class)
                .anyMatch(promote -> cluster.observe(promote.of()) instanceof NodeState.Primary);
    }

    private Outcome forwards(Plan plan) {
        for (var step : plan.steps()) {
            if (interruption.requested() && !committed) {
                return takeBack(List.of(interruption.problem()));
            }
            if (interruption.requested() && isHarmlessToStopBefore(plan, step)) {
                return end(new Outcome.Unfinished(leftOut(plan, step)));
            }
            if (!committed && PointOfNoReturn.isOne(step)) {
                listener.pointOfNoReturn();
            }
            var record = make(step, false);
            committed |= PointOfNoReturn.isOne(step) && StepRunner.started(record);
            if (record.failed()) {
                return committed ? end(new Outcome.Unfinished(record.problems())) : takeBack(record.problems());
            }
        }
        return verify(plan);
    }

    /// Whether this run may still change something. Clients are let in and changes are taken back as long as no
    /// later run has been there; for anything else each host must still know this run.
    private List<Problem> objections(List<Step> due, boolean takingBack) {
        var targets = due.stream()
                .filter(step -> !takingBack && !(step instanceof ResumePool))
                .map(Step::targetName)
                .collect(Collectors.toSet());
        var refusals = tenure.refusals(targets);
        if (!refusals.isEmpty() || takingBack || committed || !wakefulness.hasSlept()) {
            return refusals;
        }
        return plan.map(planned -> new Reproof(cluster).problems(planned, ledger.records()))
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
                        .detail("It is to " + step.parts().getFirst().summary() + ".")
                        .hint("Go on: heliosctl resume"))
                .forEach(problems::add);
        return problems;
    }

    private static Stream<PlannedStep> remaining(Plan plan, PlannedStep next) {
        return plan.steps().stream().dropWhile(step -> step.number() != next.number());
    }

    private StepRecord make(PlannedStep step, boolean takingBack) {
        listener.stepStarted(step);
        var record = runner.run(step, takingBack);
        ledger.add(record, takingBack);
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
            return end(new Outcome.Succeeded(ledger.owed()));
        }
        return committed ? end(new Outcome.Unfinished(failures)) : takeBack(failures);
    }

    private Outcome takeBack(List<Problem> reasons) {
        listener.takingBack();
        var undone = new ArrayList<>(reasons);
        var complete = true;
        for (var step : ledger.undo(plan.orElseThrow())) {
            var record = make(step, true);
            if (record.failures() > 0) {
                complete = false;
                undone.addAll(record.problems());
            }
        }
        var problems = undone.stream().distinct().toList();
        return end(complete ? new Outcome.RolledBack(problems) : new Outcome.Unfinished(problems));
    }

    private Outcome end(Outcome outcome) {
        var said = outcome instanceof Outcome.Unfinished open ? Held.said(open, cluster, records()) : outcome;
        journal.ended(said);
        return said;
    }
}
