package io.heliosctl.model;

import java.util.Locale;

/// The version of a PostgreSQL server, as `server_version_num` has it: 150018 is 15.18, 90624 is 9.6.24.
public record ServerVersion(int number) implements Comparable<ServerVersion> {

    /// True from the given major version on: `atLeast(13)`. Versions before 10 count as 9.
    public boolean atLeast(int major) {
        return number >= major * 10_000;
    }

    /// The major version as people say it: `15`, `9.6`.
    public String major() {
        return number >= 100_000
                ? Integer.toString(number / 10_000)
                : "%d.%d".formatted(number / 10_000, number / 100 % 100);
    }

    @Override
    public int compareTo(ServerVersion other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s.%d", major(), number % 100);
    }
}
