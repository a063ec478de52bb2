package io.heliosctl.bed;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// What all writers saw.
///
/// @param run marks their rows in the table `written`
public record WriterReport(String run, List<WriterLog> writers) {

    public WriterReport {
        writers = List.copyOf(writers);
    }

    /// How many rows were acknowledged.
    public long acknowledged() {
        return writers.stream()
                .mapToLong(writer -> writer.acknowledged().cardinality())
                .sum();
    }

    /// Every error any client was shown.
    public List<String> errors() {
        return writers.stream()
                .flatMap(writer -> writer.errors().stream().map(error -> "writer " + writer.number() + ": " + error))
                .toList();
    }

    /// The longest a client had to wait for a row.
    public Duration longestWait() {
        return writers.stream()
                .map(WriterLog::longestWait)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
