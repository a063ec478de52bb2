package io.heliosctl.pgbouncer;

import java.util.regex.Pattern;

/// What `SHOW VERSION` says, such as `PgBouncer 1.18.0`.
record PgbouncerVersion(int major, int minor, String text) {

    private static final Pattern VERSION = Pattern.compile("PgBouncer ((\\d{1,4})\\.(\\d{1,4})\\S*)");

    /// A version that cannot be read counts as the oldest, for which the careful ways are taken.
    static PgbouncerVersion of(String shown) {
        var matcher = VERSION.matcher(shown);
        return matcher.find()
                ? new PgbouncerVersion(
                        Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), matcher.group(1))
                : new PgbouncerVersion(0, 0, Words.clean(shown));
    }

    /// `SHOW STATE` came with 1.19.
    boolean hasShowState() {
        return major > 1 || (major == 1 && minor >= 19);
    }
}
