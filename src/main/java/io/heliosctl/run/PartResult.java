package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.step.Step;
import java.util.List;
import java.util.Locale;

/// How one step went on one target.
///
/// @param problems why it failed; empty otherwise
/// @param remark what is worth knowing, in a few words; may be empty
public record PartResult(Step step, Status status, List<Problem> problems, String remark) {

    /// Three results, not two: a command that was sent and not answered is neither.
    public enum Status {
        /// Nothing was left to do.
        OK,
        /// It was made.
        CHANGED,
        /// It was not made, or only in part.
        FAILED,
        /// Nobody knows.
        UNKNOWN,
        /// It was not even tried: a guard said no, or looking failed.
        REFUSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PartResult {
        problems = List.copyOf(problems);
    }

    public boolean failed() {
        return status == Status.FAILED || status == Status.UNKNOWN || status == Status.REFUSED;
    }

    /// True if there may be something to take back.
    public boolean touched() {
        return status != Status.OK && status != Status.REFUSED;
    }
}
