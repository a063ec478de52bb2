package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlBytes;
import io.heliosctl.document.YamlDuration;
import io.heliosctl.document.YamlFlag;
import io.heliosctl.document.YamlText;
import io.heliosctl.document.YamlWhole;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A parameter of a runbook, set with `--set NAME=VALUE`.
///
/// @param otherwise the default, as written; empty if it has none
/// @param required true if it must be given
/// @param values what a text may be; none means anything
public record Parameter(
        String name, Type type, Optional<String> otherwise, boolean required, List<String> values, String help) {

    /// What a value must look like.
    public enum Type {
        STRING,
        INT,
        BOOL,
        DURATION,
        BYTES,
        NODE,
        POOLER
    }

    public Parameter {
        values = List.copyOf(values);
    }

    /// Reads a value as conditions and templates see it: text, a whole number, a boolean; bytes as a number, a
    /// duration as the text that was written.
    ///
    /// @return empty if it does not fit; the problem says why
    public Optional<Object> value(String text, Place place, Problems problems) {
        var scalar = new Yaml.Text(text, false, place);
        return switch (type) {
            case STRING -> text(scalar, problems);
            case INT ->
                new YamlWhole(Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .read(scalar, name, problems)
                        .map(Object.class::cast);
            case BOOL -> new YamlFlag().read(scalar, name, problems).map(Object.class::cast);
            case DURATION -> new YamlDuration().read(scalar, name, problems).map(duration -> (Object) text);
            case BYTES -> new YamlBytes().read(scalar, name, problems).map(Object.class::cast);
            case NODE, POOLER ->
                new YamlText("a name", NodeName.ALLOWED.pattern())
                        .read(scalar, name, problems)
                        .map(Object.class::cast);
        };
    }

    private Optional<Object> text(Yaml.Text scalar, Problems problems) {
        var type = values.isEmpty()
                ? YamlText.line()
                : new YamlText(
                                "one of " + String.join(", ", values),
                                String.join(
                                        "|", values.stream().map(Pattern::quote).toList()))
                        .hint("Write one of them.");
        return type.read(scalar, name, problems).map(Object.class::cast);
    }

    /// A value of the right type, for checking a runbook without anybody having given one: the default, if
    /// there is one.
    Object sample() {
        if (!required && otherwise.isEmpty()) {
            return null;
        }
        var place = new Place(name, 1, 1, "");
        return otherwise.flatMap(text -> value(text, place, new Problems())).orElseGet(this::madeUp);
    }

    private Object madeUp() {
        return switch (type) {
            case STRING -> values.isEmpty() ? "text" : values.getFirst();
            case INT, BYTES -> 1L;
            case BOOL -> false;
            case DURATION -> "1s";
            case NODE, POOLER -> "name";
        };
    }
}
