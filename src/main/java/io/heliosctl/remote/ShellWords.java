package io.heliosctl.remote;

import java.util.List;
import java.util.stream.Collectors;

/// Values as words of a POSIX shell. Inside single quotes nothing has a meaning but the single quote itself
/// (POSIX.1-2017, Shell Command Language, 2.2.2).
public final class ShellWords {

    private ShellWords() {}

    /// One value as one word.
    ///
    /// @throws IllegalArgumentException if the value holds a NUL character, which no shell can keep
    public static String quote(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a shell word cannot hold a NUL character");
        }
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /// The words, each quoted, with spaces between.
    public static String join(List<String> values) {
        return values.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }
}
