package io.heliosctl.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// Names a run, sorted by time: `20261120T031207Z-main-7f3a`.
public record RunId(String value) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    public static RunId create(String cluster, Instant now) {
        var random = new byte[2];
        new SecureRandom().nextBytes(random);
        return new RunId(TIME.format(now) + "-" + cluster + "-" + HexFormat.of().formatHex(random));
    }

    /// True if [#create] could have made it.
    boolean isWellFormed() {
        return value.matches("[0-9]{8}T[0-9]{6}Z-.+-[0-9a-f]{4}");
    }

    @Override
    public String toString() {
        return value;
    }
}
