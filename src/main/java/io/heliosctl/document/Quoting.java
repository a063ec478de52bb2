package io.heliosctl.document;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Writes text so that another program reads exactly that text back. What a format cannot carry is refused with
/// an [IllegalArgumentException] whose message ends the sentence "this value ...".
public final class Quoting {

    private static final Pattern SHELL_SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern CONNINFO_SAFE = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");
    private static final Pattern INI_NAME = Pattern.compile("[A-Za-z0-9_.-]+|\\*");
    private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONGEST_IDENTIFIER = 63;

    private Quoting() {}

    /// An SQL string literal, safe whatever `standard_conforming_strings` is (as libpq's `PQescapeLiteral`).
    public static String sql(String text) {
        refuseNul(text);
        String doubled = text.replace("'", "''");
        return text.contains("\\") ? " E'" + doubled.replace("\\", "\\\\") + "'" : "'" + doubled + "'";
    }

    /// A quoted SQL identifier. Longer than 63 bytes is refused: the server would cut it.
    public static String sqlIdentifier(String text) {
        refuseNul(text);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty, which is no SQL name");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_IDENTIFIER) {
            throw new IllegalArgumentException("is longer than an SQL name may be (63 bytes)");
        }
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /// One word for a POSIX shell (as Python's `shlex.quote`).
    public static String shell(String text) {
        refuseNul(text);
        return SHELL_SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\"'\"'") + "'";
    }

    /// A value in a libpq connection string (PostgreSQL manual, "Connection Strings").
    public static String conninfo(String text) {
        refuseNul(text);
        return CONNINFO_SAFE.matcher(text).matches()
                ? text
                : "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /// A string in `postgresql.conf` or `recovery.conf`, always quoted (the server's `guc-file.l`).
    public static String conf(String text) {
        refuseNul(text);
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "''")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "'";
    }

    /// A value behind `name =` in `pgbouncer.ini`. That file has no quoting there: it reads up to the end of
    /// the line and drops blanks at both ends, so what would not survive is refused.
    public static String ini(String text) {
        refuseNul(text);
        refuseLineBreak(text);
        if (!text.strip().equals(text)) {
            throw new IllegalArgumentException("begins or ends with a blank, which pgbouncer.ini drops");
        }
        return text;
    }

    /// A value in a line of the `[databases]` section, where `'` quotes and `''` is a quote (PgBouncer manual).
    /// An empty value is refused, as PgBouncer 1.18 does.
    public static String iniWord(String text) {
        refuseNul(text);
        refuseLineBreak(text);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty, which pgbouncer.ini cannot carry");
        }
        return CONNINFO_SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "''") + "'";
    }

    /// A database's name at the start of a line of the `[databases]` section; `*` is the fallback. The manual
    /// tells of names in double quotes, but PgBouncer 1.18 takes them for a syntax error and then ignores the
    /// whole file; so anything but letters, digits and `_ . -` is refused.
    public static String iniName(String text) {
        if (!INI_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("is no name pgbouncer.ini can carry: letters, digits and _ . - only");
        }
        return text;
    }

    /// The name of a setting, as `pgbouncer.ini` and connection strings know them.
    public static String settingName(String text) {
        if (!SETTING_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("is not the name of a setting");
        }
        return text;
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("contains a NUL character");
        }
    }

    private static void refuseLineBreak(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("contains a line break, which pgbouncer.ini cannot carry");
        }
    }
}
