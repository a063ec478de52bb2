package io.heliosctl.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.regex.Pattern;

/// What systemd says of a unit (`systemctl show`).
///
/// @param loadState such as `loaded`, `not-found`, `masked`
/// @param activeState such as `active`, `inactive`, `failed`
/// @param restart the unit's `Restart=`, such as `no`, `on-failure`, `always`
/// @param stopTimeout how long a stop may take before systemd kills; empty means for ever
public record ServiceFacts(String loadState, String activeState, String restart, Optional<Duration> stopTimeout) {

    private static final Pattern SPAN = Pattern.compile("([0-9.]+)(us|ms|s|min|h|d|w)");

    /// Whether systemd would start the server again after a stop that it was not asked for.
    public boolean restartsAfterStop() {
        return restart.equals("always") || restart.equals("on-success");
    }

    /// Whether systemd takes the server for running, or for ending.
    public boolean isActive() {
        return activeState.equals("active") || activeState.equals("deactivating") || activeState.equals("reloading");
    }

    boolean isMasked() {
        return loadState.equals("masked");
    }

    static ServiceFacts parse(String shown) {
        var values = new HashMap<String, String>();
        shown.lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> values.put(parts[0], parts[1]));
        return new ServiceFacts(
                values.getOrDefault("LoadState", "unknown"),
                values.getOrDefault("ActiveState", "unknown"),
                values.getOrDefault("Restart", "unknown"),
                span(values.getOrDefault("TimeoutStopUSec", "infinity")));
    }

    /// A time span as systemd prints it: `1min 30s`, `1h`, `infinity` (systemd.time(7)).
    private static Optional<Duration> span(String text) {
        if (text.equals("infinity")) {
            return Optional.empty();
        }
        var sum = Duration.ZERO;
        var matcher = SPAN.matcher(text);
        while (matcher.find()) {
            sum = sum.plusNanos((long) (Double.parseDouble(matcher.group(1)) * nanos(matcher.group(2))));
        }
        return Optional.of(sum);
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "min" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 7 * 86_400_000_000_000L;
        };
    }
}
