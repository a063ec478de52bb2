package io.heliosctl.view;

import io.heliosctl.health.CheckReport;
import io.heliosctl.health.CheckResult;
import io.heliosctl.health.Measure;
import io.heliosctl.health.Metric;
import io.heliosctl.health.Range;
import io.heliosctl.health.ServiceState;
import io.heliosctl.health.Thresholds;
import io.heliosctl.model.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a check has found, as monitoring systems read it: one line, then performance data behind a bar
/// (Monitoring Plugins Development Guidelines).
public final class CheckText {

    private CheckText() {}

    /// One line about all of them.
    public static String line(List<CheckReport> reports, Instant now) {
        var worst =
                ServiceState.worst(reports.stream().map(CheckReport::severity).toList());
        var told = reports.stream()
                .filter(report -> report.severity() == worst || report.severity() != ServiceState.OK)
                .map(report -> report.cluster() + ": " + sentence(report, now))
                .collect(Collectors.joining("; "));
        var figures = reports.stream()
                .map(report -> performance(report, reports.size() > 1 ? report.cluster() + "_" : ""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        return line(worst, told) + (figures.isEmpty() ? "" : " | " + figures);
    }

    /// The line of something that could not be checked at all.
    public static String line(ServiceState severity, String sentence) {
        // A bar would begin the performance data.
        return "HELIOSCTL %s - %s"
                .formatted(severity, Printable.of(flat(sentence)).replace('|', '/'));
    }

    private static String flat(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).replace('\t', ' ');
    }

    /// Each check on a line of its own.
    public static String details(List<CheckReport> reports) {
        return reports.stream()
                .flatMap(report -> report.results().stream()
                        .map(result -> "%s %s: %s"
                                .formatted(
                                        report.cluster(),
                                        result.check(),
                                        result.severity() + " - " + result.sentence())))
                .map(line -> Printable.of(flat(line)).replace('|', '/') + "\n")
                .collect(Collectors.joining());
    }

    private static String sentence(CheckReport report, Instant now) {
        var bad = report.results().stream()
                .filter(result -> result.severity() != ServiceState.OK)
                .sorted((one, other) -> rank(one) - rank(other))
                .toList();
        var told = (bad.isEmpty() ? report.results() : bad)
                .stream().map(CheckResult::sentence).collect(Collectors.joining(bad.isEmpty() ? ", " : "; "));
        return told + news(report, now);
    }

    private static int rank(CheckResult result) {
        return switch (result.severity()) {
            case CRITICAL -> 0;
            case WARNING -> 1;
            case UNKNOWN -> 2;
            case OK -> 3;
        };
    }

    private static String news(CheckReport report, Instant now) {
        if (report.after().isFlapping()) {
            return " (flapping: %d changes within the last hour)"
                    .formatted(report.after().changes().size());
        }
        var before = report.before().worstBefore(report.results());
        if (report.before().states().isEmpty() || before == report.severity()) {
            return "";
        }
        var since = report.before()
                .since()
                .map(at -> " for " + Amounts.time(Duration.between(at, now)))
                .orElse("");
        return " (was %s%s)".formatted(before, since);
    }

    private static String performance(CheckReport report, String prefix) {
        return report.results().stream()
                .flatMap(result -> result.measures().stream())
                .map(measure -> performance(measure, prefix, report.limits()))
                .collect(Collectors.joining(" "));
    }

    private static String performance(Measure measure, String prefix, Thresholds limits) {
        var metric = measure.metric();
        return "%s=%s%s;%s;%s;0"
                .formatted(
                        label(prefix + measure.label()),
                        Metric.plain(measure.value()),
                        metric.unit(),
                        text(limits.warning(metric)),
                        text(limits.critical(metric)));
    }

    /// In quotes where there is anything unusual in it; an equals sign and a quote may not be part of one.
    private static String label(String name) {
        var plain = Printable.of(name).replaceAll("[='|\\t]", "_");
        return plain.matches("[A-Za-z0-9_.-]+") ? plain : "'" + plain + "'";
    }

    private static String text(Optional<Range> range) {
        return range.map(Range::toString).orElse("");
    }
}
