package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the journal of a run says: for whom it was made, what was begun, how that ended, and what was kept.
///
/// @param entries in the order in which they were begun
/// @param kept what steps have kept for later ones, by name
/// @param outcome the last word of the run; empty while it works, or if it was cut off
public record History(
        RunId id, Header header, List<Entry> entries, Map<String, Object> kept, Optional<String> outcome) {

    public History {
        entries = List.copyOf(entries);
        kept = Map.copyOf(kept);
    }

    /// What was known when the run began.
    ///
    /// @param runbookHash SHA-256 of the runbook's text
    /// @param inventoryHash SHA-256 of the inventory as it was effective, secrets not in it
    /// @param parameters as text, by name
    /// @param nodes who plays what
    /// @param poolers who plays what
    public record Header(
            String runbook,
            String runbookHash,
            String inventoryHash,
            String cluster,
            String user,
            String version,
            String reason,
            long epoch,
            Instant since,
            Map<String, String> parameters,
            Map<String, List<String>> nodes,
            Map<String, List<String>> poolers) {}

    /// One step on one target: its intent is on disk, or it was looked at and nothing had to or could be
    /// done.
    ///
    /// What one session has left without an end stays so, also where a later one has made the step again: that
    /// is another entry.
    ///
    /// @param step its number in the plan
    /// @param takingBack whether it was the undo of that step
    /// @param status how it ended; empty if the journal does not say, so that it may have been made or not
    /// @param millis how long it took, if it ended
    public record Entry(
            int step,
            String name,
            boolean takingBack,
            String target,
            Optional<PartResult.Status> status,
            Instant begun,
            Optional<Long> millis,
            String remark,
            List<Problem> problems) {

        /// True if it may have changed something.
        public boolean mayHaveHappened() {
            return status.isEmpty()
                    || (status.get() != PartResult.Status.OK && status.get() != PartResult.Status.REFUSED);
        }
    }
}
