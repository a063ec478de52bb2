package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import io.heliosctl.step.Undo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What the journal of a run means for its plan, made again.
final class Past {

    /// The number of what is made to settle a doubt: it is a step of no plan.
    static final int SETTLING = 0;

    private final Plan plan;
    private final List<History.Entry> entries;

    /// @param plan the same steps on the same targets as when the run began
    Past(Plan plan, History history) {
        this.plan = plan;
        this.entries = history.entries();
    }

    /// Why the journal is not about this plan; empty if it is. Whoever accepts that the runbook has changed
    /// since must not have one step taken for another.
    List<Problem> strangers() {
        return entries.stream()
                .filter(entry -> entry.step() != SETTLING)
                .filter(entry -> Stream.concat(plan.steps().stream(), plan.verify().stream())
                        .noneMatch(step -> step.number() == entry.step()
                                && entry.name().endsWith(step.name())
                                && step.parts().stream()
                                        .anyMatch(part -> part.targetName().equals(entry.target()))))
                .map(entry -> Problem.error(
                                "runbook-changed",
                                "step %d is another one than this run has made".formatted(entry.step()))
                        .detail("The run began \"%s\" on %s.".formatted(entry.name(), entry.target()))
                        .hint("Put the runbook back as it was when the run began."))
                .distinct()
                .toList();
    }

    /// True if something was begun to be taken back: from then on the run only goes backwards.
    boolean isTakingBack() {
        return entries.stream().anyMatch(History.Entry::takingBack);
    }

    /// True if a step may have been made on any target.
    boolean mayHaveHappened(PlannedStep step) {
        return entries.stream()
                .anyMatch(entry -> !entry.takingBack() && entry.step() == step.number() && entry.mayHaveHappened());
    }

    /// True if it was made sure, since a step was last begun, that it has not been made and never will be by
    /// itself.
    boolean isDisproved(PlannedStep step) {
        return entries.stream()
                .filter(entry -> !entry.takingBack() && (entry.step() == step.number() || entry.step() == SETTLING))
                .filter(entry ->
                        step.parts().stream().anyMatch(part -> part.targetName().equals(entry.target())))
                .reduce((first, later) -> later)
                .filter(entry -> entry.step() == SETTLING && entry.status().equals(Optional.of(Status.CHANGED)))
                .isPresent();
    }

    /// True if somebody began a step on a target, or found nothing left to do there.
    boolean isBegun(int step, String target) {
        return last(step, target, false).isPresent();
    }

    /// How a step, or its undo, ended on a target the last time it was more than refused. Empty if it was never
    /// begun; an entry without a status is in doubt.
    Optional<History.Entry> last(int step, String target, boolean takingBack) {
        return entries.stream()
                .filter(entry -> entry.step() == step
                        && entry.takingBack() == takingBack
                        && entry.target().equals(target)
                        && !entry.status().equals(Optional.of(Status.REFUSED)))
                .reduce((first, later) -> later);
    }

    /// True if the journal says that a step, or its undo, was made on a target, or that nothing was left to
    /// do.
    boolean endedWell(int step, String target, boolean takingBack) {
        return last(step, target, takingBack)
                .flatMap(History.Entry::status)
                .filter(status -> status == Status.OK || status == Status.CHANGED)
                .isPresent();
    }

    /// True if nobody knows whether a step, or its undo, was made on a target, or made as a whole.
    boolean isInDoubt(int step, String target, boolean takingBack) {
        return last(step, target, takingBack).isPresent() && !endedWell(step, target, takingBack);
    }

    /// Enters what was done before, as if this process had done it, so that it is taken back, owed and reported
    /// alike. What is in doubt counts as `unknown`.
    ///
    /// @param nanos the monotonic clock now
    void enter(Ledger ledger, Clock clock, long nanos) {
        var groups = new LinkedHashMap<Group, List<History.Entry>>();
        for (var entry : entries) {
            groups.computeIfAbsent(new Group(entry), group -> new ArrayList<>()).add(entry);
        }
        groups.forEach((group, made) ->
                record(made, clock, nanos).ifPresent(record -> ledger.add(record, group.takingBack())));
    }

    /// Entries of one making of a step: they were begun together.
    private record Group(int step, boolean takingBack, Instant begun) {
        Group(History.Entry entry) {
            this(entry.step(), entry.takingBack(), entry.begun());
        }
    }

    private Optional<StepRecord> record(List<History.Entry> group, Clock clock, long nanos) {
        var first = group.getFirst();
        var found = Stream.concat(plan.steps().stream(), plan.verify().stream())
                .filter(step -> step.number() == first.step())
                .findFirst();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var step = first.takingBack() ? undo(found.get()) : found.get();
        var results = group.stream()
                .map(entry -> result(step, entry))
                .filter(Objects::nonNull)
                .toList();
        var start = nanos - Duration.between(first.begun(), clock.instant()).toNanos();
        var millis = group.stream()
                .mapToLong(entry -> entry.millis().orElse(0L))
                .max()
                .orElse(0);
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(new StepRecord(step, results, start, start + millis * 1_000_000));
    }

    private static PartResult result(PlannedStep step, History.Entry entry) {
        return step.parts().stream()
                .filter(part -> part.targetName().equals(entry.target()))
                .findFirst()
                .map(part ->
                        new PartResult(part, entry.status().orElse(Status.UNKNOWN), entry.problems(), entry.remark()))
                .orElse(null);
    }

    private static PlannedStep undo(PlannedStep step) {
        var parts = step.parts().stream()
                .map(Step::undo)
                .filter(Undo.With.class::isInstance)
                .map(undo -> ((Undo.With) undo).step())
                .toList();
        return new PlannedStep(step.number(), Ledger.takenBack(step), parts, 0, Math.max(1, parts.size()));
    }
}
