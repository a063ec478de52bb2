package io.heliosctl.health;

/// One value of one thing.
///
/// @param subject the node, pooler or slot; empty if it is about the whole cluster
/// @param value in the metric's unit
public record Measure(Metric metric, String subject, double value) {

    /// The label in performance data.
    public String label() {
        return subject.isEmpty() ? metric.word() : subject + "_" + metric.word();
    }
}
