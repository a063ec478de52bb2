package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Compares whole texts in which some numbers are others every time.
final class Told {

    private Told() {}

    /// Each `#` in the expected text stands for a number or a WAL position, each `…` for the rest of a line.
    static void assertMatches(String expected, String seen) {
        var pattern = Arrays.stream(expected.split("#", -1)).map(Told::rest).collect(Collectors.joining("[0-9A-F/]+"));
        if (!Pattern.matches(pattern, seen)) {
            assertEquals(expected, seen);
        }
    }

    private static String rest(String text) {
        return Arrays.stream(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[^\n]*"));
    }
}
