package io.heliosctl.model;

import java.time.Duration;
import java.util.Locale;

/// Bytes and times as people read them.
public final class Amounts {

    private Amounts() {}

    /// `0 B`, `512 kB`, `1.2 MB`.
    public static String bytes(long bytes) {
        if (bytes < 10_240) {
            return bytes + " B";
        }
        double amount = bytes;
        for (var unit : new String[] {"kB", "MB", "GB", "TB"}) {
            amount /= 1024;
            if (amount < 1024) {
                return String.format(Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, unit);
            }
        }
        return String.format(Locale.ROOT, "%.0f PB", amount / 1024);
    }

    /// A duration, as [#millis] has it.
    public static String time(Duration duration) {
        return millis(duration.toMillis());
    }

    /// `87 ms`, `4.1 s`, `2 min 5 s`.
    public static String millis(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return "%d min %d s".formatted(millis / 60_000, millis / 1000 % 60);
    }
}
