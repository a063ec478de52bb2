package io.heliosctl.document;

import java.util.Optional;
import java.util.regex.Pattern;

/// Plain data of any shape, for templates: maps, lists, text, whole numbers (`Long`), `true` and `false`.
/// Everything else that is written without quotes stays text, so `17.10`, `0640` and `on` render as they were
/// written.
public record YamlAny() implements YamlType<Object> {

    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    @Override
    public Optional<Object> read(Yaml value, String name, Problems problems) {
        return switch (value) {
            case Yaml.Unread unread -> Optional.empty();
            case Yaml.Items items ->
                new YamlList<>(this).read(items, name, problems).map(read -> read);
            case Yaml.Entries entries ->
                new YamlMap<>(YamlText.line(), this)
                        .read(entries, name, problems)
                        .map(read -> read);
            case Yaml.Text text
            when text.isBlank() || text.isNull() -> YamlType.wrongKind(value, name, rule(), problems);
            case Yaml.Text text -> Optional.of(plain(text));
        };
    }

    private static Object plain(Yaml.Text text) {
        var value = text.value();
        if (text.quoted()) {
            return value;
        }
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        return WHOLE.matcher(value).matches() ? (Object) Long.valueOf(value) : value;
    }

    @Override
    public String rule() {
        return "a value";
    }
}
