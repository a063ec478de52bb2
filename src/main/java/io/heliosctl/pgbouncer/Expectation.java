package io.heliosctl.pgbouncer;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.PoolerState.Route;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a process must show once it has read a file whole.
///
/// Routes alone do not tell: PgBouncer stops at the first bad line, all before it is in force, and a section
/// `[pgbouncer]` starts with every setting at its default. So the settings must be there too.
///
/// @param before the file that was in force, by which a changed line is known
/// @param shownBefore `SHOW CONFIG` before the file was put in place
record Expectation(IniFile file, IniFile before, Map<String, Row> shownBefore) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?(e[+-]?[0-9]{1,2})?");

    static Expectation of(Bytes content, Optional<Bytes> before, List<Row> shownBefore) {
        return new Expectation(
                IniFile.of(content.text()), IniFile.of(before.map(Bytes::text).orElse("")), byKey(shownBefore));
    }

    boolean hasFallback() {
        return file.databases().containsKey("*");
    }

    /// Settings that this PgBouncer does not know; at the first it would stop reading.
    List<String> unknownSettings() {
        return file.settings().keySet().stream()
                .filter(name -> !shownBefore.containsKey(name))
                .toList();
    }

    /// What is not as the file says; empty once all is.
    List<String> missing(Observation seen) {
        var missing = new ArrayList<String>();
        var shown = seen.routes().stream()
                .collect(Collectors.toMap(Route::database, Function.identity(), (first, _) -> first));
        for (var wanted : file.routes()) {
            var found =
                    wanted.database().equals("*") ? seen.fallback() : Optional.ofNullable(shown.get(wanted.database()));
            if (found.filter(route -> leadsThere(wanted, route)).isEmpty()) {
                missing.add("Database " + wanted.database() + " should lead to " + text(wanted)
                        + found.map(route -> " and leads to " + text(route)).orElse(" and is not known") + ".");
            }
        }
        var config = byKey(seen.config());
        file.settings().forEach((name, value) -> {
            if (!isInForce(name, value, config)) {
                missing.add("Setting " + name + " should be " + value + " and is "
                        + Optional.ofNullable(config.get(name))
                                .map(row -> row.text("value"))
                                .orElse("not known")
                        + ".");
            }
        });
        return missing;
    }

    private static boolean leadsThere(Route wanted, Route shown) {
        var database = wanted.serverDatabase().equals("*") ? shown.database() : wanted.serverDatabase();
        return wanted.host().equals(shown.host())
                && wanted.port() == shown.port()
                && database.equals(shown.serverDatabase());
    }

    /// Either it shows as written; or, since PgBouncer shows some values in another form, it shows what it
    /// showed before and the line is the same; or the line has changed and so has what is shown, but not to the
    /// default.
    private boolean isInForce(String name, String value, Map<String, Row> config) {
        var now = config.get(name);
        if (now == null) {
            return false;
        }
        if (!now.text("changeable").equals("yes") || same(value, now.text("value"))) {
            return true;
        }
        var old = Optional.ofNullable(shownBefore.get(name))
                .map(row -> row.text("value"))
                .orElse("");
        return value.equals(before.settings().get(name))
                ? now.text("value").equals(old)
                : !now.text("value").equals(old) && !now.text("value").equals(now.text("default"));
    }

    private static boolean same(String written, String shown) {
        return plain(written).equals(plain(shown));
    }

    /// PgBouncer shows numbers by C's `%g`, with six digits, and booleans as numbers.
    private static String plain(String value) {
        var word = value.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "yes", "on", "true" -> "1";
            case "no", "off", "false" -> "0";
            default ->
                NUMBER.matcher(word).matches()
                        ? new BigDecimal(word)
                                .round(new MathContext(6))
                                .stripTrailingZeros()
                                .toString()
                        : word;
        };
    }

    private static String text(Route route) {
        return route.host().orElse("the local socket") + " port " + route.port() + " database "
                + Words.clean(route.serverDatabase());
    }

    private static Map<String, Row> byKey(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.toMap(row -> row.text("key"), Function.identity(), (first, _) -> first));
    }
}
