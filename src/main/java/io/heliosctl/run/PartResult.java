package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.step.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How one step went on one target.
///
/// @param problems why it failed; empty otherwise
/// @param remark what is worth knowing, in a few words; may be empty
/// @param endNanos monotonic clock when it had ended; absent if it was not made by this process
public record PartResult(Step step, Status status, List<Problem> problems, String remark, Optional<Long> endNanos) {

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

        /// The word used in JSON and in the journal.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PartResult {
        problems = List.copyOf(problems);
    }

    /// Without a time.
    public PartResult(Step step, Status status, List<Problem> problems, String remark) {
        this(step, status, problems, remark, Optional.empty());
    }

    /// The same, known to have ended at this moment.
    PartResult endedNow() {
        return new PartResult(step, status, problems, remark, Optional.of(System.nanoTime()));
    }

    /// True unless it was made, or there was nothing to do. Not knowing counts as failed.
    public boolean failed() {
        return status == Status.FAILED || status == Status.UNKNOWN || status == Status.REFUSED;
    }

    /// True if there may be something to take back.
    public boolean touched() {
        return status != Status.OK && status != Status.REFUSED;
    }
}
