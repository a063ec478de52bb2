package io.heliosctl.bed;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/// What one writer saw.
///
/// @param sent how many rows it sent; their numbers are 0 to `sent` - 1
/// @param acknowledged the rows that must be there
/// @param failed the rows that must not be there; of all others nobody knows
/// @param errors every error it was shown, with SQLSTATE, also those on connecting
/// @param longestWait the longest time from one acknowledged row to the next, or to the end
/// @param servedAgain when that time was over, by the clock of [System#nanoTime()]; 0 if it never was
public record WriterLog(
        int number,
        String pooler,
        int sent,
        BitSet acknowledged,
        BitSet failed,
        List<String> errors,
        Duration longestWait,
        long servedAgain) {

    public WriterLog {
        errors = List.copyOf(errors);
    }

    @Override
    public String toString() {
        return "writer %d through %s: %d sent, %d acknowledged, %d failed, longest wait %d ms, errors %s"
                .formatted(
                        number,
                        pooler,
                        sent,
                        acknowledged.cardinality(),
                        failed.cardinality(),
                        longestWait.toMillis(),
                        errors);
    }
}
