package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.step.Step;
import io.heliosctl.step.Undo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What there is to say to somebody who wants to go on with a run that needs it no more.
public final class Endings {

    /// The last word in the journal of a run whose locks were broken: nobody can go on with it.
    public static final String ABANDONED = "abandoned";

    private Endings() {}

    /// True if there is nothing to go on with. A run without a last word was cut off.
    public static boolean isEnded(History history) {
        return history.outcome().filter(word -> !word.equals("unfinished")).isPresent();
    }

    /// Why nobody can go on with a run that has ended like this; empty if it simply is no longer needed.
    public static Optional<Problem> refusal(History history, boolean forwards) {
        var id = history.id();
        var word = history.outcome().orElseThrow();
        if (word.equals(ABANDONED)) {
            return Optional.of(Problem.error("abandoned", "run %s was given up".formatted(id))
                    .detail("A later run has broken its locks.")
                    .hint("Look at the cluster with \"heliosctl status\"."));
        }
        return !forwards && word.equals("succeeded")
                ? Optional.of(
                        Problem.error("past-no-return", "run %s has succeeded and is not taken back".formatted(id))
                                .hint("Move the primary back: heliosctl switchover "
                                        + history.header().cluster()))
                : Optional.empty();
    }

    /// What is said instead of going on with it.
    ///
    /// @param command `resume` or `rollback`
    public static String sentence(History history, String command) {
        var ended = switch (history.outcome().orElseThrow()) {
            case "succeeded" -> "has succeeded";
            case "rolled_back" -> "was taken back";
            default -> "was refused before it changed anything";
        };
        return "Run %s %s; nothing to %s.".formatted(history.id(), ended, command);
    }

    /// The outcome of going on with a run that has ended: what it was. Nothing is changed.
    ///
    /// @param owed what that run still owes
    static Outcome again(History history, boolean forwards, List<Problem> owed) {
        return refusal(history, forwards)
                .<Outcome>map(problem -> new Outcome.Refused(List.of(problem)))
                .orElseGet(() -> switch (history.outcome().orElseThrow()) {
                    case "succeeded" -> new Outcome.Succeeded(owed);
                    case "rolled_back" -> new Outcome.RolledBack(List.of());
                    default -> new Outcome.Refused(List.of());
                });
    }

    /// A run that can only be finished.
    static Problem noWayBack(History history, Plan plan) {
        var reasons = plan.steps().stream()
                .filter(step -> new Past(plan, history).mayHaveHappened(step))
                .flatMap(step -> step.parts().stream())
                .map(Step::undo)
                .filter(Undo.Impossible.class::isInstance)
                .map(undo -> ((Undo.Impossible) undo).reason())
                .distinct()
                .collect(Collectors.joining("; "));
        return Problem.error("past-no-return", "run %s cannot be taken back any more".formatted(history.id()))
                .detail("What was begun cannot be taken back: " + Sentence.of(reasons))
                .hint("Finish it: heliosctl resume " + history.id());
    }
}
