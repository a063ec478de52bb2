package io.heliosctl.document;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A length of time: a whole number and a unit, `500ms`, `10s`, `5m`, `1h`.
public record YamlDuration() implements YamlScalar<Duration> {

    private static final Pattern WRITTEN = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h)");
    private static final Pattern BARE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern OTHER_UNIT = Pattern.compile(
            "([1-9][0-9]{0,8}) ?(ms|msec|s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|hrs?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FRACTION = Pattern.compile("([0-9]{1,5})\\.([0-9]{1,3})s");

    @Override
    public String rule() {
        return "a time such as 500ms, 10s, 5m or 1h";
    }

    @Override
    public Optional<Duration> parse(Yaml.Text text) {
        return parse(text.value());
    }

    /// The time a text stands for, if it does.
    public Optional<Duration> parse(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(written.group(1));
        return Optional.of(
                switch (written.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }

    @Override
    public Advice advice(Yaml.Text text) {
        var value = text.value();
        if (BARE.matcher(value).matches()) {
            return new Advice("The unit is missing.", "Write " + value + "s for seconds.");
        }
        var fraction = FRACTION.matcher(value);
        if (fraction.matches()) {
            var millis = Integer.parseInt(fraction.group(1)) * 1000
                    + Integer.parseInt((fraction.group(2) + "00").substring(0, 3));
            return new Advice("The number must be whole.", "Write " + millis + "ms.");
        }
        var other = OTHER_UNIT.matcher(value);
        if (other.matches()) {
            var unit = other.group(2).toLowerCase(Locale.ROOT);
            return new Advice(
                    "", "Write " + other.group(1) + (unit.startsWith("ms") ? "ms" : unit.substring(0, 1)) + ".");
        }
        return new Advice("", "Write a whole number and a unit: ms, s, m or h.");
    }
}
