package io.heliosctl.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A command of the site's own for a host.
///
/// @param as the OS user it runs as; the login user if empty
/// @param words the program and its arguments
/// @param input what it reads on standard input
public record Errand(Optional<String> as, List<String> words, String input, Duration timeout) {

    public Errand {
        words = List.copyOf(words);
    }

    /// A text for the shell. It stops at the first command that fails, and at a variable that is not set.
    public static Errand script(String text, Duration timeout) {
        return new Errand(Optional.empty(), List.of("/bin/sh", "-eu", "-s"), text, timeout);
    }

    /// How it went.
    ///
    /// @param output standard output
    /// @param errors standard error
    public record Result(int status, String output, String errors) {}
}
