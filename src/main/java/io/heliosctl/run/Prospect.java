package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// One step that is before somebody who goes on with a run.
///
/// @param standing what is known of it
/// @param detail what is still left to do, as far as looking tells; may be empty
public record Prospect(PlannedStep step, Standing standing, String detail) {

    /// How a step stands.
    public enum Standing {
        MADE("made"),
        /// It was begun, and nobody knows how far it came.
        IN_DOUBT("in doubt"),
        TO_MAKE("to make"),
        TO_TAKE_BACK("take back");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        /// What the operator reads.
        public String words() {
            return words;
        }
    }

    /// What is before a run, found by looking alone.
    ///
    /// @param backwards whether it is, or goes on being, taken back
    public record Prospects(boolean backwards, List<Prospect> steps) {
        public Prospects {
            steps = List.copyOf(steps);
        }
    }

    /// Looks what going on with a run would mean. Nothing is changed.
    ///
    /// @throws RefusedException if it cannot be gone on with like this
    public static Prospects of(ClusterControl cluster, Plan plan, History history, boolean forwards) {
        var past = new Past(plan, history);
        var first = new ArrayList<PlannedStep>();
        var found = new PointOfNoReturn(cluster, step -> {
                    first.add(step);
                    return made(step);
                })
                .find(plan, past, forwards);
        if (!found.refusals().isEmpty()) {
            throw new RefusedException(found.refusals());
        }
        var objections =
                forwards && !past.isTakingBack() ? FailoverAgain.objections(cluster, plan) : List.<Problem>of();
        if (!objections.isEmpty()) {
            throw new RefusedException(objections);
        }
        if (!past.strangers().isEmpty()) {
            throw new RefusedException(past.strangers());
        }
        if (found.side() != PointOfNoReturn.Side.BEFORE && !forwards) {
            throw new RefusedException(Endings.noWayBack(history, plan));
        }
        var prospects = new ArrayList<Prospect>();
        first.forEach(step -> prospects.add(new Prospect(step, Standing.TO_MAKE, "")));
        if (past.isTakingBack() || !forwards) {
            var ledger = new Ledger();
            past.enter(ledger, Clock.systemUTC(), System.nanoTime());
            ledger.undo(plan)
                    .forEach(step ->
                            prospects.add(new Prospect(step, Standing.TO_TAKE_BACK, left(cluster, step.parts()))));
            return new Prospects(true, prospects);
        }
        var memory = new Resumption(plan, past, Doubts.nobody(), found.side() == PointOfNoReturn.Side.BEHIND);
        plan.steps().forEach(step -> prospects.add(forwards(cluster, past, memory, step)));
        return new Prospects(false, prospects);
    }

    private static Prospect forwards(ClusterControl cluster, Past past, Resumption memory, PlannedStep step) {
        var open = step.parts().stream()
                .filter(part -> memory.done(step, part, false).isEmpty())
                .toList();
        var doubtful = open.stream()
                .filter(part -> past.isInDoubt(step.number(), part.targetName(), false))
                .toList();
        if (!doubtful.isEmpty()) {
            return new Prospect(step, Standing.IN_DOUBT, left(cluster, doubtful));
        }
        var made = open.stream().allMatch(part -> past.endedWell(step.number(), part.targetName(), false));
        return made ? new Prospect(step, Standing.MADE, "") : new Prospect(step, Standing.TO_MAKE, "");
    }

    private static String left(ClusterControl cluster, List<Step> parts) {
        return String.join("; ", parts.stream().map(part -> left(cluster, part)).toList());
    }

    private static String left(ClusterControl cluster, Step part) {
        try {
            return part.pending(cluster).map(Change::toString).orElse(part.targetName() + ": nothing is left to do");
        } catch (ProblemException e) {
            return part.targetName() + ": " + e.problems().getFirst().message();
        }
    }

    private static StepRecord made(PlannedStep step) {
        var results = step.parts().stream()
                .map(part -> new PartResult(part, Status.OK, List.of(), ""))
                .toList();
        return new StepRecord(step, results, 0, 0);
    }
}
