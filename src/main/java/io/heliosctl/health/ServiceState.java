package io.heliosctl.health;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// How bad it is, in the words and exit codes that monitoring systems share (Monitoring Plugins Development
/// Guidelines, "Plugin Return Codes").
public enum ServiceState {
    OK(0, 0),
    WARNING(1, 2),
    CRITICAL(2, 3),
    UNKNOWN(3, 1);

    private final int code;
    private final int weight;

    ServiceState(int code, int weight) {
        this.code = code;
        this.weight = weight;
    }

    /// The exit code.
    public int code() {
        return code;
    }

    /// The worst of them; OK if there is none. What nobody knows is worse than what is well and better than a
    /// warning.
    public static ServiceState worst(Collection<ServiceState> all) {
        return all.stream().max(Comparator.comparingInt(each -> each.weight)).orElse(OK);
    }

    /// The word used in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
