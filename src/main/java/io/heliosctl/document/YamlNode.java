package io.heliosctl.document;

import java.util.Optional;

/// A value of any kind that is handed on unread, for a reader that knows more about it.
public record YamlNode() implements YamlType<Yaml> {

    @Override
    public Optional<Yaml> read(Yaml value, String name, Problems problems) {
        return Optional.of(value);
    }

    @Override
    public String rule() {
        return "a value";
    }
}
