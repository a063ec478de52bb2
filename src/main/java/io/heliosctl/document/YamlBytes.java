package io.heliosctl.document;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An amount of data in bytes, written as PostgreSQL writes it: `16MB`, `512kB`, `1GB`, `0`. Units are powers
/// of 1024 (PostgreSQL manual, "Parameter Names and Values").
public record YamlBytes() implements YamlScalar<Long> {

    private static final Pattern WRITTEN = Pattern.compile("0|([1-9][0-9]{0,5}|0)(B|kB|MB|GB|TB)|([1-9][0-9]{0,17})B");
    private static final Pattern SLOPPY =
            Pattern.compile("([1-9][0-9]{0,5}) ?([kmgt])(i?b)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE = Pattern.compile("[1-9][0-9]{0,17}");

    @Override
    public String rule() {
        return "an amount such as 16MB, 512kB or 0";
    }

    @Override
    public Optional<Long> parse(Yaml.Text text) {
        return parse(text.value());
    }

    /// The number of bytes a text stands for, if it does.
    public Optional<Long> parse(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        if (written.group(3) != null) {
            return Optional.of(Long.parseLong(written.group(3)));
        }
        if (written.group(1) == null) {
            return Optional.of(0L);
        }
        int power = "BkMGT".indexOf(written.group(2).charAt(0));
        return Optional.of(Long.parseLong(written.group(1)) << (10 * power));
    }

    @Override
    public Advice advice(Yaml.Text text) {
        if (BARE.matcher(text.value()).matches()) {
            return new Advice("The unit is missing.", "Write " + text.value() + "B for bytes.");
        }
        var sloppy = SLOPPY.matcher(text.value());
        if (sloppy.matches()) {
            var unit = sloppy.group(2).toUpperCase(Locale.ROOT).replace('K', 'k');
            return new Advice("", "Write " + sloppy.group(1) + unit + "B.");
        }
        return new Advice("", "Write a whole number and a unit: B, kB, MB, GB or TB.");
    }
}
