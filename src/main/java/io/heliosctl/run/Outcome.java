package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.util.List;

/// The state a run left the cluster in.
public sealed interface Outcome {

    /// As asked.
    ///
    /// @param owed what was tolerated and is still to be done, with the command for it
    record Succeeded(List<Problem> owed) implements Outcome {}

    /// Nothing was changed.
    record Refused(List<Problem> problems) implements Outcome {}

    /// A step failed and everything was put back.
    record RolledBack(List<Problem> problems) implements Outcome {}

    /// In between: a person or `resume` is needed.
    record Unfinished(List<Problem> problems) implements Outcome {}

    /// Why it is what it is: what is owed, or what went wrong.
    default List<Problem> problems() {
        return switch (this) {
            case Succeeded done -> done.owed();
            case Refused refused -> refused.problems();
            case RolledBack back -> back.problems();
            case Unfinished open -> open.problems();
        };
    }

    /// The word used in JSON and in the journal.
    default String word() {
        return switch (this) {
            case Succeeded done -> "succeeded";
            case Refused refused -> "refused";
            case RolledBack back -> "rolled_back";
            case Unfinished open -> "unfinished";
        };
    }
}
