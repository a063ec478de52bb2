package io.heliosctl.health;

import io.heliosctl.document.Spelling;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From which values on there is a warning, or worse.
public final class Thresholds {

    private final Map<Metric, Range> warning;
    private final Map<Metric, Range> critical;

    private Thresholds(Map<Metric, Range> warning, Map<Metric, Range> critical) {
        this.warning = warning;
        this.critical = critical;
    }

    /// Those that hold unless somebody says otherwise, for a cluster with so many standbys.
    public static Thresholds standard(int standbys) {
        var warning = new EnumMap<Metric, Range>(Metric.class);
        var critical = new EnumMap<Metric, Range>(Metric.class);
        if (standbys > 0) {
            warning.put(Metric.STANDBYS, Range.atLeast(standbys));
            critical.put(Metric.STANDBYS, Range.atLeast(1));
        }
        put(warning, critical, Metric.LAG, 16L << 20, 256L << 20);
        put(warning, critical, Metric.LAG_SECONDS, 30, 300);
        put(warning, critical, Metric.RETAINED, 1L << 30, 10L << 30);
        put(warning, critical, Metric.ARCHIVE_READY, 10, 100);
        put(warning, critical, Metric.MAXWAIT, 1, 10);
        put(warning, critical, Metric.WRITE, 1, 5);
        return new Thresholds(warning, critical);
    }

    private static void put(
            Map<Metric, Range> warning, Map<Metric, Range> critical, Metric metric, double warn, double crit) {
        warning.put(metric, Range.upTo(warn));
        critical.put(metric, Range.upTo(crit));
    }

    /// The same with what was typed: `METRIC=RANGE`, or the range alone where there is only one metric it can
    /// be about.
    ///
    /// @throws ProblemException `bad-range` or `unknown-metric`
    public Thresholds with(List<String> warnings, List<String> criticals, Optional<Metric> only) {
        var result = new Thresholds(new EnumMap<>(Metric.class), new EnumMap<>(Metric.class));
        result.warning.putAll(warning);
        result.critical.putAll(critical);
        warnings.forEach(text -> read(text, only, result.warning));
        criticals.forEach(text -> read(text, only, result.critical));
        return result;
    }

    private static void read(String text, Optional<Metric> only, Map<Metric, Range> ranges) {
        int equals = text.indexOf('=');
        var word = equals < 0 ? "" : text.substring(0, equals);
        var metric = equals < 0 ? only.orElseThrow(() -> nameless(text)) : metric(word);
        ranges.put(metric, Range.parse(text.substring(equals + 1), metric).orElseThrow(() -> badRange(text)));
    }

    private static Metric metric(String word) {
        var words = Arrays.stream(Metric.values()).map(Metric::word).toList();
        return Metric.of(word)
                .orElseThrow(() -> new ProblemException(
                        Problem.error("unknown-metric", "there is no metric \"%s\"".formatted(word))
                                .detail("There are: %s.".formatted(String.join(", ", words)))
                                .hint(Spelling.question(word, words))));
    }

    private static ProblemException nameless(String text) {
        return new ProblemException(
                Problem.error("unknown-metric", "nobody can tell what the range \"%s\" is for".formatted(text))
                        .hint("Name the metric: -w lag=16MB."));
    }

    private static ProblemException badRange(String text) {
        return new ProblemException(Problem.error("bad-range", "\"%s\" is no range".formatted(text))
                .hint("Write 16MB (no more than that), 2: (no less), 1:10 (between) or @1:10 (not between)."));
    }

    /// Outside of which there is a warning; empty if there never is.
    public Optional<Range> warning(Metric metric) {
        return Optional.ofNullable(warning.get(metric));
    }

    /// The same for CRITICAL.
    public Optional<Range> critical(Metric metric) {
        return Optional.ofNullable(critical.get(metric));
    }

    /// How bad a value is.
    public ServiceState judge(Measure measure) {
        if (critical(measure.metric())
                .filter(range -> range.alerts(measure.value()))
                .isPresent()) {
            return ServiceState.CRITICAL;
        }
        return warning(measure.metric())
                        .filter(range -> range.alerts(measure.value()))
                        .isPresent()
                ? ServiceState.WARNING
                : ServiceState.OK;
    }
}
