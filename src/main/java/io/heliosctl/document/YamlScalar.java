package io.heliosctl.document;

import io.heliosctl.model.Problem;
import java.util.Optional;

/// A type whose values are one word or one text.
public sealed interface YamlScalar<T> extends YamlType<T>
        permits YamlText, YamlWhole, YamlFlag, YamlDuration, YamlBytes, YamlChoice {

    /// What the text means; empty if it does not fit.
    Optional<T> parse(Yaml.Text text);

    /// What to write in place of a text that does not fit.
    Advice advice(Yaml.Text text);

    /// How to mend a value.
    ///
    /// @param detail why it does not fit; may be empty
    /// @param hint what to write; may be empty
    record Advice(String detail, String hint) {}

    @Override
    default Optional<T> read(Yaml value, String name, Problems problems) {
        return switch (value) {
            case Yaml.Unread unread -> Optional.empty();
            case Yaml.Text text when text.isBlank() -> YamlType.wrongKind(value, name, rule(), problems);
            case Yaml.Text text -> {
                var parsed = parse(text);
                if (parsed.isEmpty()) {
                    var advice = advice(text);
                    problems.add(Problem.error("wrong-value", name + " must be " + rule() + ", not " + shown(text))
                            .detail(advice.detail())
                            .hint(advice.hint())
                            .at(text.place()));
                }
                yield parsed;
            }
            default -> YamlType.wrongKind(value, name, rule(), problems);
        };
    }

    private static String shown(Yaml.Text text) {
        var visible = text.value()
                .codePoints()
                .map(point -> Character.isISOControl(point) ? '\u00B7' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var cut = visible.length() > 60 ? visible.substring(0, 57) + "…" : visible;
        return text.quoted() ? "\"" + cut + "\"" : cut;
    }
}
