package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One call of `heliosctl failover --yes`, and what it told.
///
/// @param answered when the plan was shown and the question would have been asked, by the clock of
///     [System#nanoTime()]; 0 if it did not come to that
record Failover(Tool.Ran ran, long answered) {

    /// The last lines before the question.
    private static final String PLAN = "Where the WAL stands";

    private static final Pattern LOSS =
            Pattern.compile("Loss: (?:none|at most ([0-9.]+) ([kMG]?B))", Pattern.MULTILINE);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    static Failover run(Tool tool, String... words) {
        var begun = tool.begin(
                Stream.concat(Stream.of("failover", "--yes"), Stream.of(words)).toArray(String[]::new));
        var asked = new long[1];
        Await.closely(
                "the plan is shown, or it has ended",
                LIMIT,
                () -> {
                    asked[0] = read(begun).contains(PLAN) ? System.nanoTime() : 0;
                    return asked[0] != 0 || !begun.process().isAlive();
                },
                () -> read(begun));
        var ran = begun.await();
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
        return new Failover(ran, asked[0]);
    }

    private static String read(Tool.Begun begun) {
        try {
            return Files.readString(begun.err());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Failover exits(int expected) {
        ran.exits(expected);
        return this;
    }

    /// It was refused for that reason.
    Failover refused(String problem) {
        ran.exits(4);
        return names(problem);
    }

    Failover names(String problem) {
        assertTrue(ran.names(problem), ran.err());
        return this;
    }

    /// What it said would be lost, before the question.
    String announced() {
        var found = LOSS.matcher(ran.err());
        assertTrue(found.find(), ran.err());
        return found.group();
    }

    double announcedBytes() {
        var found = LOSS.matcher(ran.err());
        assertTrue(found.find(), ran.err());
        return found.group(1) == null
                ? 0
                : Double.parseDouble(found.group(1))
                        * (1L << (10 * "BkMG".indexOf(found.group(2).charAt(0))));
    }

    /// How long a step took, in milliseconds.
    OptionalLong step(String name) {
        var found = Pattern.compile("ok   " + Pattern.quote(name) + " .*? ([0-9.]+) (ms|s)(?: |$)", Pattern.MULTILINE)
                .matcher(ran.err());
        return found.find()
                ? OptionalLong.of(Math.round(
                        Double.parseDouble(found.group(1)) * (found.group(2).equals("s") ? 1000 : 1)))
                : OptionalLong.empty();
    }
}
