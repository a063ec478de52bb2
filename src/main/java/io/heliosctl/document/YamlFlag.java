package io.heliosctl.document;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `true` or `false`, and nothing else: `yes`, `on`, `True` and `"true"` are refused with what to write.
public record YamlFlag() implements YamlScalar<Boolean> {

    private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1", "enabled");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "off", "0", "disabled");

    @Override
    public String rule() {
        return "true or false";
    }

    @Override
    public Optional<Boolean> parse(Yaml.Text text) {
        return text.quoted() ? Optional.empty() : parse(text.value());
    }

    /// The truth a text stands for, if it is exactly `true` or `false`.
    public Optional<Boolean> parse(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    @Override
    public Advice advice(Yaml.Text text) {
        var word = text.value().toLowerCase(Locale.ROOT);
        var detail = text.quoted() ? "Quotes make it text." : "";
        if (TRUE.contains(word)) {
            return new Advice(detail, "Write true.");
        }
        return FALSE.contains(word) ? new Advice(detail, "Write false.") : new Advice(detail, "Write true or false.");
    }
}
