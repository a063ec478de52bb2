package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlChoice;
import io.heliosctl.document.YamlFields;
import io.heliosctl.document.YamlList;
import io.heliosctl.document.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the `params` of a runbook.
final class ParameterReader {

    private final Problems problems;

    ParameterReader(Problems problems) {
        this.problems = problems;
    }

    Map<String, Parameter> read(Optional<Yaml> node) {
        var parameters = new LinkedHashMap<String, Parameter>();
        node.filter(written -> !(written instanceof Yaml.Entries))
                .ifPresent(written -> new YamlFields(written, "params", problems));
        RunbookReader.entries(node).forEach((name, value) -> parameters.put(name, parameter(name, value)));
        return parameters;
    }

    private Parameter parameter(String name, Yaml node) {
        var fields = new YamlFields(node, "params." + name, problems);
        var type = fields.required("type", YamlChoice.of(Parameter.Type.class)).orElse(Parameter.Type.STRING);
        var written = fields.node("default").filter(Yaml.Text.class::isInstance).map(Yaml.Text.class::cast);
        fields.node("default")
                .filter(other -> !(other instanceof Yaml.Text))
                .ifPresent(other -> YamlText.any().read(other, "params." + name + ".default", problems));
        var required = !fields.keys().contains("default");
        var values = fields.optional("values", new YamlList<>(YamlText.line()), List.of());
        var help = fields.optional("help", YamlText.line(), "");
        fields.finish();
        var parameter = new Parameter(name, type, written.map(Yaml.Text::value), required, values, help);
        written.ifPresent(text -> parameter.value(text.value(), text.place(), problems));
        return parameter;
    }
}
