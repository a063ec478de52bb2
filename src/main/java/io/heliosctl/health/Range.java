package io.heliosctl.health;

import java.util.Optional;
import java.util.regex.Pattern;

/// The values that raise no alert, or with `inside` those that do (Monitoring Plugins Development Guidelines,
/// "Threshold and Ranges").
///
/// @param from lowest value of it; may be infinite
/// @param to highest value of it; may be infinite
/// @param inside alert within it rather than outside
public record Range(double from, double to, boolean inside) {

    private static final Pattern FORM = Pattern.compile("(@?)(?:(~|[^:@~]*):)?([^:@~]*)");

    /// Reads one as it is typed: `10`, `10:`, `~:10`, `10:20`, `@10:20`.
    ///
    /// @param metric what it is about, which decides what units there may be
    /// @return empty if it is none
    public static Optional<Range> parse(String text, Metric metric) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || text.isBlank()) {
            return Optional.empty();
        }
        var start = Optional.ofNullable(matcher.group(2));
        var end = matcher.group(3);
        if (start.orElse("").isEmpty() && end.isEmpty()) {
            return Optional.empty();
        }
        var from = start.filter(each -> !each.isEmpty())
                .map(each -> each.equals("~") ? Double.NEGATIVE_INFINITY : metric.number(each))
                .orElse(0.0);
        var to = end.isEmpty() ? Double.POSITIVE_INFINITY : metric.number(end);
        return Double.isNaN(from) || Double.isNaN(to) || from > to
                ? Optional.empty()
                : Optional.of(new Range(from, to, !matcher.group(1).isEmpty()));
    }

    /// No more than that.
    public static Range upTo(double most) {
        return new Range(0, most, false);
    }

    /// No less than that.
    public static Range atLeast(double least) {
        return new Range(least, Double.POSITIVE_INFINITY, false);
    }

    /// True if a value raises an alert.
    public boolean alerts(double value) {
        return inside == (value >= from && value <= to);
    }

    /// As performance data have it: numbers without units.
    @Override
    public String toString() {
        var start = from == 0 ? "" : from == Double.NEGATIVE_INFINITY ? "~:" : Metric.plain(from) + ":";
        var end = to == Double.POSITIVE_INFINITY ? "" : Metric.plain(to);
        return (inside ? "@" : "") + (start.isEmpty() && end.isEmpty() ? "0:" : start + end);
    }
}
