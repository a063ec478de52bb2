package io.heliosctl.document;

import java.util.Optional;
import java.util.regex.Pattern;

/// Text, exactly as written: `on`, `0640` and `17.10` stay what they are, with quotes or without.
///
/// @param rule what fits, as in "host must be …"
/// @param allowed the whole text must match it
/// @param hint what to do when it does not; may be empty
public record YamlText(String rule, Pattern allowed, String hint) implements YamlScalar<String> {

    private static final Pattern ANY = Pattern.compile("(?s).*");
    private static final Pattern LINE = Pattern.compile("\\P{Cc}+");

    public YamlText(String rule, String allowed) {
        this(rule, Pattern.compile(allowed), "");
    }

    /// Any text, over several lines too.
    public static YamlText any() {
        return new YamlText("text", ANY, "");
    }

    /// One line of text that is not empty.
    public static YamlText line() {
        return new YamlText("one line of text", LINE, "");
    }

    public YamlText hint(String text) {
        return new YamlText(rule, allowed, text);
    }

    /// Never with a NUL: it ends a text in every other program we hand it to.
    @Override
    public Optional<String> parse(Yaml.Text text) {
        return Optional.of(text.value())
                .filter(value -> value.indexOf('\0') < 0)
                .filter(allowed.asMatchPredicate());
    }

    @Override
    public Advice advice(Yaml.Text text) {
        return new Advice("", hint);
    }
}
