package io.heliosctl.document;

import io.heliosctl.model.Problem;
import java.util.Optional;

/// What a value must be. Sealed, so that a JSON schema can be made from the very types the reader uses.
public sealed interface YamlType<T> permits YamlScalar, YamlList, YamlMap, YamlAny, YamlNode {

    /// Reads a value.
    ///
    /// @param name what the value is called in messages, such as `defaults.postgres.port`
    /// @return empty if it does not fit; the problem says why
    Optional<T> read(Yaml value, String name, Problems problems);

    /// What fits, as in "port must be …": `a whole number from 1 to 65535`.
    String rule();

    /// Adds the problem that something of another kind stands there.
    static <T> Optional<T> wrongKind(Yaml value, String name, String rule, Problems problems) {
        var hint = switch (rule) {
            case "a map" -> "Write one \"key: value\" on each line, indented below it.";
            case "a list" -> "Write [a, b], or one \"- item\" on each line.";
            default -> value.kind().equals("nothing") ? "Write a value, or delete the line." : "Write one value.";
        };
        problems.add(Problem.error("wrong-type", name + " must be " + rule + ", not " + value.kind())
                .hint(hint)
                .at(value.place()));
        return Optional.empty();
    }
}
