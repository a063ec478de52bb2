package io.heliosctl.remote;

import io.heliosctl.model.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A command for a host: a constant script and values. The values are quoted words (`$1`, `$2`, …) and never
/// become part of the script, which goes to `/bin/sh -s` on standard input; a host's process list shows none
/// of it.
///
/// @param script constant text for a POSIX shell
/// @param values the script's positional parameters
/// @param input what the script reads on standard input
/// @param timeout how long it may take; afterwards the channel is closed and the answer is "no answer"
/// @param outputLimit how many bytes of each stream are kept; more is cut off and said so
public record Command(String script, List<String> values, Bytes input, Duration timeout, int outputLimit) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final int DEFAULT_LIMIT = 1 << 20;

    public Command {
        values = List.copyOf(values);
    }

    /// A script of its own; the text must be a constant.
    public static Command script(String constant, String... values) {
        return new Command(constant, List.of(values), Bytes.EMPTY, DEFAULT_TIMEOUT, DEFAULT_LIMIT);
    }

    /// One program with its words.
    public static Command exec(List<String> words) {
        return new Command("exec \"$@\"", words, Bytes.EMPTY, DEFAULT_TIMEOUT, DEFAULT_LIMIT);
    }

    /// One program with its words, behind `become`.
    public static Command exec(List<String> become, String... words) {
        return exec(Stream.concat(become.stream(), Stream.of(words)).toList());
    }

    public Command input(Bytes bytes) {
        return new Command(script, values, bytes, timeout, outputLimit);
    }

    public Command timeout(Duration limit) {
        return new Command(script, values, input, limit, outputLimit);
    }
}
