package io.heliosctl.document;

import io.heliosctl.model.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A map with keys of the writer's choice and values of one type, in the order written; `key:` with nothing
/// after it is an empty one. A scalar written as `null` counts as left out.
///
/// @param key what a key must look like
public record YamlMap<T>(YamlText key, YamlType<T> item) implements YamlType<Map<String, T>> {

    @Override
    public Optional<Map<String, T>> read(Yaml value, String name, Problems problems) {
        return switch (value) {
            case Yaml.Unread unread -> Optional.empty();
            case Yaml.Text text when text.isBlank() -> Optional.of(Map.of());
            case Yaml.Entries entries -> {
                var read = new LinkedHashMap<String, T>();
                var sound = true;
                for (var each : entries.entries()) {
                    checkKey(each.key(), name, problems);
                    if (isLeftOut(each.value())) {
                        continue;
                    }
                    var good = item.read(each.value(), name + "." + each.name(), problems);
                    good.ifPresent(present -> read.put(each.name(), present));
                    sound &= good.isPresent();
                }
                yield sound ? Optional.of(Collections.unmodifiableMap(read)) : Optional.empty();
            }
            default -> YamlType.wrongKind(value, name, rule(), problems);
        };
    }

    private boolean isLeftOut(Yaml value) {
        return item instanceof YamlScalar && value instanceof Yaml.Text text && text.isNull();
    }

    private void checkKey(Yaml.Text written, String name, Problems problems) {
        if (key.parse(written).isEmpty()) {
            problems.add(Problem.error(
                            "wrong-key",
                            "a key under " + name + " must be " + key.rule() + ", not \"" + written.value() + "\"")
                    .hint(key.hint())
                    .at(written.place()));
        }
    }

    @Override
    public String rule() {
        return "a map";
    }
}
