package io.heliosctl.run;

import io.heliosctl.model.PoolerName;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.HoldPool;
import io.heliosctl.step.KillPool;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.Promote;
import io.heliosctl.step.ResumePool;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is open at this moment of a run, for an operator who wants out. Passes on what it hears.
public final class Situation implements RunListener {

    private final RunListener next;
    private final Set<PoolerName> paused = new TreeSet<>();
    private String current = "preparing";
    private boolean committed;
    private boolean promoted;
    private boolean takingBack;

    public Situation(RunListener next) {
        this.next = next;
    }

    /// What a first Ctrl-C brings about.
    public synchronized String stopping() {
        if (takingBack) {
            return "this run is being taken back already; it ends after that.";
        }
        return committed
                ? "nothing can be taken back any more; clients are let in first, then this run stops."
                : "stopping; the step being made is cut short or ends, then everything is taken back.";
    }

    /// What stays open if this program is ended now.
    public synchronized String open() {
        var pools = paused.isEmpty()
                ? "No pooler is paused by it."
                : "Paused: %s. To let the clients in by hand, RESUME on their consoles."
                        .formatted(paused.stream().map(PoolerName::toString).collect(Collectors.joining(", ")));
        return "still at \"%s\", which ends within its limit. %s Killing this program (kill -9) leaves it so; then %s"
                .formatted(current, pools, rest());
    }

    private String rest() {
        if (promoted) {
            return "the new primary is the one to keep.";
        }
        return committed
                ? "go on with it: heliosctl resume."
                : "go on with it, heliosctl resume, or take it back, heliosctl rollback; nobody was promoted.";
    }

    @Override
    public void stepStarted(PlannedStep step) {
        synchronized (this) {
            current = step.name();
            promoted |= step.parts().stream().anyMatch(Promote.class::isInstance);
            step.parts().forEach(part -> {
                switch (part) {
                    case PausePool pause -> paused.add(pause.target());
                    case HoldPool hold -> paused.add(hold.target());
                    case KillPool kill -> paused.add(kill.target());
                    default -> {}
                }
            });
        }
        next.stepStarted(step);
    }

    @Override
    public void stepFinished(StepRecord record) {
        synchronized (this) {
            record.results().stream()
                    .filter(result -> result.step() instanceof ResumePool && !result.failed())
                    .forEach(result -> paused.remove(((ResumePool) result.step()).target()));
        }
        next.stepFinished(record);
    }

    @Override
    public void said(String text) {
        next.said(text);
    }

    @Override
    public void pointOfNoReturn() {
        synchronized (this) {
            committed = true;
        }
        next.pointOfNoReturn();
    }

    @Override
    public void takingBack() {
        synchronized (this) {
            takingBack = true;
        }
        next.takingBack();
    }

    @Override
    public void verifying() {
        next.verifying();
    }
}
