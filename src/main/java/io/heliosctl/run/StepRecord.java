package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.runbook.PlannedStep;
import java.util.List;

/// How one planned step went.
///
/// @param startNanos monotonic clock when it began
/// @param endNanos monotonic clock when the last target was done
public record StepRecord(PlannedStep step, List<PartResult> results, long startNanos, long endNanos) {

    public StepRecord {
        results = List.copyOf(results);
    }

    public long millis() {
        return (endNanos - startNanos) / 1_000_000;
    }

    public long failures() {
        return results.stream().filter(PartResult::failed).count();
    }

    /// Failed beyond what the runbook tolerates.
    public boolean failed() {
        return failures() > step.tolerate();
    }

    /// Each once: targets that act as one fail for the same reason.
    public List<Problem> problems() {
        return results.stream()
                .flatMap(result -> result.problems().stream())
                .distinct()
                .toList();
    }

    /// `ok`, `changed`, `failed`, `tolerated` or `unknown`.
    public String word() {
        if (failures() > 0) {
            var unknown = results.stream().anyMatch(result -> result.status() == PartResult.Status.UNKNOWN);
            return failed() ? (unknown ? "unknown" : "failed") : "tolerated";
        }
        return results.stream().anyMatch(PartResult::touched) ? "changed" : "ok";
    }
}
