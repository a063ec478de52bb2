package io.heliosctl.view;

import java.util.regex.Pattern;

/// A strict reader of what plugins print (Monitoring Plugins Development Guidelines, "Performance data").
public final class PerformanceData {

    private static final String RANGE = "(?:@?(?:(?:~|-?[0-9.]+)?:)?(?:-?[0-9.]+)?)";
    private static final Pattern ONE = Pattern.compile(
            "(?:[^\\s='|]+|'[^='|]+')=-?[0-9]+(?:\\.[0-9]+)?(?:s|us|ms|%%|B|KB|MB|TB|c)?;%1$s;%1$s;-?[0-9.]*"
                    .formatted(RANGE));

    private PerformanceData() {}

    /// Reads what a line has.
    ///
    /// @throws AssertionError if a line has none or it is not well-formed
    public static void require(String line) {
        int bar = line.indexOf(" | ");
        if (bar < 0 || line.indexOf('|') != bar + 1 || line.indexOf('|', bar + 2) >= 0) {
            throw new AssertionError("one bar is needed: " + line);
        }
        var rest = line.substring(bar + 3);
        while (!rest.isEmpty()) {
            var matcher = ONE.matcher(rest);
            if (!matcher.lookingAt()) {
                throw new AssertionError("no performance data: " + rest);
            }
            rest = rest.substring(matcher.end());
            if (!rest.isEmpty() && rest.charAt(0) != ' ') {
                throw new AssertionError("no performance data: " + rest);
            }
            rest = rest.strip();
        }
    }
}
