package io.heliosctl.view;

import io.heliosctl.health.CheckReport;
import io.heliosctl.health.CheckResult;
import io.heliosctl.health.Measure;
import io.heliosctl.health.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a check has found, as Prometheus reads it from a text file (Prometheus documentation, "Exposition
/// formats").
public final class CheckSeries {

    private CheckSeries() {}

    /// The whole file.
    public static String of(List<CheckReport> reports, Instant now) {
        var text = new StringBuilder();
        head(text, "heliosctl_check_state", "0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN");
        for (var report : reports) {
            for (var result : report.results()) {
                text.append("heliosctl_check_state{cluster=\"%s\",check=\"%s\"} %d\n"
                        .formatted(
                                escaped(report.cluster()),
                                result.check(),
                                result.severity().code()));
            }
        }
        head(text, "heliosctl_check_timestamp_seconds", "When it was checked");
        text.append("heliosctl_check_timestamp_seconds %d\n".formatted(now.getEpochSecond()));
        series(reports).forEach((metric, lines) -> {
            head(text, metric.series(), help(metric));
            lines.forEach(text::append);
        });
        return text.toString();
    }

    private static Map<Metric, List<String>> series(List<CheckReport> reports) {
        var lines = new LinkedHashMap<Metric, List<String>>();
        for (var report : reports) {
            for (CheckResult result : report.results()) {
                for (var measure : result.measures()) {
                    lines.computeIfAbsent(measure.metric(), _ -> new ArrayList<>())
                            .add(line(report.cluster(), measure));
                }
            }
        }
        return lines;
    }

    private static String line(String cluster, Measure measure) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("cluster", cluster);
        if (!measure.subject().isEmpty()) {
            labels.put("name", measure.subject());
        }
        var text = labels.entrySet().stream()
                .map(label -> "%s=\"%s\"".formatted(label.getKey(), escaped(label.getValue())))
                .collect(Collectors.joining(","));
        return "%s{%s} %s\n".formatted(measure.metric().series(), text, Metric.plain(measure.value()));
    }

    private static void head(StringBuilder text, String name, String help) {
        text.append("# HELP %s %s\n# TYPE %s gauge\n".formatted(name, help, name));
    }

    private static String help(Metric metric) {
        return switch (metric) {
            case STANDBYS -> "Standbys that stream";
            case LAG -> "WAL that a standby has not replayed";
            case LAG_SECONDS -> "Age of the last commit that a standby has replayed";
            case RETAINED -> "WAL that a replication slot keeps";
            case ARCHIVE_READY -> "Segments that wait to be archived";
            case TIMELINE -> "Timeline of the primary";
            case CLIENTS -> "Clients of a pooler";
            case WAITING -> "Clients that wait for a server connection";
            case MAXWAIT -> "How long the oldest of them has waited";
            case WRITE -> "How long a write through a pooler took";
        };
    }

    private static String escaped(String text) {
        return Printable.of(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
