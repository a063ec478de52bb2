package io.heliosctl.health;

import io.heliosctl.model.Amounts;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Something that is measured and may have limits.
public enum Metric {
    /// Standbys that stream.
    STANDBYS("", "heliosctl_standbys_streaming"),
    /// How much WAL a standby has not replayed.
    LAG("B", "heliosctl_standby_lag_bytes"),
    /// How old the last commit is that a standby has replayed, where it has not replayed all it received.
    LAG_SECONDS("s", "heliosctl_standby_lag_seconds"),
    /// WAL that a replication slot keeps from being removed.
    RETAINED("B", "heliosctl_slot_retained_bytes"),
    /// Segments that wait for the archiver.
    ARCHIVE_READY("", "heliosctl_archive_ready_segments"),
    /// The timeline of the primary.
    TIMELINE("", "heliosctl_primary_timeline"),
    /// Clients of a pooler.
    CLIENTS("", "heliosctl_pooler_clients"),
    /// Clients of a pooler that wait for a server connection.
    WAITING("", "heliosctl_pooler_waiting_clients"),
    /// How long the client has waited that has waited longest.
    MAXWAIT("s", "heliosctl_pooler_maxwait_seconds"),
    /// How long a write through a pooler takes.
    WRITE("s", "heliosctl_pooler_write_seconds");

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s?([A-Za-z]*)");
    private static final Map<String, Double> BYTES =
            Map.of("", 1.0, "B", 1.0, "kB", 1024.0, "MB", 0x1p20, "GB", 0x1p30, "TB", 0x1p40);
    private static final Map<String, Double> SECONDS =
            Map.of("", 1.0, "s", 1.0, "ms", 0.001, "min", 60.0, "h", 3600.0, "d", 86_400.0);

    private final String unit;
    private final String series;

    Metric(String unit, String series) {
        this.unit = unit;
        this.series = series;
    }

    /// What it is called on the command line and in performance data.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one that is called so on the command line.
    public static Optional<Metric> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /// `s` or `B`; empty for a number of things.
    public String unit() {
        return unit;
    }

    /// The name of its time series in Prometheus.
    public String series() {
        return series;
    }

    /// Reads a number with or without a unit of PostgreSQL's (`16MB`, `30s`); NaN if it is none.
    double number(String text) {
        var matcher = NUMBER.matcher(text.strip());
        var units = unit.equals("B") ? BYTES : unit.equals("s") ? SECONDS : Map.of("", 1.0);
        return matcher.matches() && units.containsKey(matcher.group(2))
                ? Double.parseDouble(matcher.group(1)) * units.get(matcher.group(2))
                : Double.NaN;
    }

    /// For people.
    public String text(double value) {
        return switch (unit) {
            case "B" -> Amounts.bytes((long) value);
            case "s" -> Amounts.millis(Math.round(value * 1000));
            default -> plain(value);
        };
    }

    /// For programs: never in powers of ten.
    public static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
