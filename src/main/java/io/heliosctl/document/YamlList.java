package io.heliosctl.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list whose items are all of one type; `key:` with nothing after it is an empty one.
public record YamlList<T>(YamlType<T> item) implements YamlType<List<T>> {

    @Override
    public Optional<List<T>> read(Yaml value, String name, Problems problems) {
        return switch (value) {
            case Yaml.Unread unread -> Optional.empty();
            case Yaml.Text text when text.isBlank() -> Optional.of(List.of());
            case Yaml.Items items -> {
                var read = new ArrayList<T>();
                int number = 0;
                for (var each : items.items()) {
                    number++;
                    item.read(each, name + "[" + number + "]", problems).ifPresent(read::add);
                }
                yield read.size() == items.items().size() ? Optional.of(List.copyOf(read)) : Optional.empty();
            }
            default -> YamlType.wrongKind(value, name, rule(), problems);
        };
    }

    @Override
    public String rule() {
        return "a list";
    }
}
