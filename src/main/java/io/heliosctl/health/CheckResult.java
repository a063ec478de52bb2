package io.heliosctl.health;

import java.util.ArrayList;
import java.util.List;

/// What one check has found.
///
/// @param sentence one line; what is wrong, or that all is well
public record CheckResult(String check, ServiceState severity, String sentence, List<Measure> measures) {

    public CheckResult {
        measures = List.copyOf(measures);
    }

    /// Collects what a check finds.
    static final class Builder {

        private final String check;
        private final Thresholds limits;
        private final List<ServiceState> severities = new ArrayList<>();
        private final List<String> sentences = new ArrayList<>();
        private final List<Measure> measures = new ArrayList<>();

        Builder(String check, Thresholds limits) {
            this.check = check;
            this.limits = limits;
        }

        Builder wrong(ServiceState severity, String sentence) {
            severities.add(severity);
            sentences.add(sentence);
            return this;
        }

        /// What is said if nothing can be told, and nothing else is.
        CheckResult unknown(String sentence) {
            return wrong(ServiceState.UNKNOWN, sentence).build("");
        }

        /// Adds a value, and what is said if it is beyond a limit.
        Builder measure(Metric metric, String subject, double value, String sentence) {
            var measure = new Measure(metric, subject, value);
            measures.add(measure);
            var severity = limits.judge(measure);
            if (severity != ServiceState.OK) {
                wrong(severity, sentence);
            }
            return this;
        }

        /// @param well what is said if nothing is wrong
        CheckResult build(String well) {
            var sentence = sentences.isEmpty() ? well : String.join(", ", sentences);
            return new CheckResult(check, ServiceState.worst(severities), sentence, measures);
        }
    }
}
