package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.util.List;

/// What there is to say to somebody who wants to go on with a run that needs it no more.
public final class Endings {

    /// The last word in the journal of a run whose locks were broken: nobody can go on with it.
    public static final String ABANDONED = "abandoned";

    private Endings() {}

    /// True if there is nothing to go on with. A run without a last word was cut off.
    public static boolean isEnded(History history) {
        return history.outcome().filter(word -> !word.equals("unfinished")).isPresent();
    }

    /// The outcome of going on with a run that has ended: what it was. Nothing is changed.
    ///
    /// @param owed what that run still owes
    static Outcome again(History history, boolean forwards, List<Problem> owed) {
        var word = history.outcome().orElseThrow();
        return switch (word) {
            case "succeeded" ->
                forwards ? new Outcome.Succeeded(owed) : new Outcome.Refused(List.of(succeeded(history)));
            case "rolled_back" -> new Outcome.RolledBack(List.of());
            case ABANDONED ->
                new Outcome.Refused(List.of(Problem.error("abandoned", "run %s was abandoned".formatted(history.id()))
                        .detail("Its locks were broken, and nobody goes on with it.")
                        .hint("Look at the cluster with \"heliosctl status\".")));
            default -> new Outcome.Refused(List.of());
        };
    }

    private static Problem succeeded(History history) {
        return Problem.error("past-no-return", "run %s has succeeded and cannot be taken back".formatted(history.id()))
                .hint("Move the primary again: heliosctl switchover");
    }

    /// A run that can only be finished.
    static Problem noWayBack(History history) {
        return Problem.error("past-no-return", "run %s cannot be taken back any more".formatted(history.id()))
                .detail("Its promotion was made, or may have been: there is a new timeline, and going back would lose it.")
                .hint("Finish it: heliosctl resume " + history.id());
    }
}
