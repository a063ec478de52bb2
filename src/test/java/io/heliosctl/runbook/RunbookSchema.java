package io.heliosctl.runbook;

import io.heliosctl.document.YamlBytes;
import io.heliosctl.document.YamlChoice;
import io.heliosctl.document.YamlDuration;
import io.heliosctl.document.YamlFlag;
import io.heliosctl.document.YamlText;
import io.heliosctl.document.YamlType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The JSON schema (draft-07) that says the same as the tables the reader uses.
final class RunbookSchema {

    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> WORDS = of("type", "array", "minItems", 1, "items", TEXT);

    private RunbookSchema() {}

    static Map<String, Object> document() {
        var steps = of("type", "array", "items", of("$ref", "#/definitions/step"));
        var properties = new LinkedHashMap<String, Object>();
        properties.put("version", of("const", 1));
        properties.put("name", text(RunbookReader.NAME));
        properties.put("summary", TEXT);
        properties.put("danger", of("enum", words(Runbook.Danger.values()), "default", "high"));
        properties.put("params", of("type", List.of("object", "null"), "additionalProperties", parameter()));
        properties.put("cast", of("type", List.of("object", "null"), "additionalProperties", role()));
        properties.put("steps", of("type", "array", "minItems", 1, "items", of("$ref", "#/definitions/step")));
        properties.put("verify", steps);
        var schema = of("$schema", "http://json-schema.org/draft-07/schema#", "title", "heliosctl runbook");
        schema.putAll(object(properties, List.of("version", "name", "summary", "steps")));
        schema.put("definitions", of("step", step(), "question", question(), "undo", undo()));
        return schema;
    }

    private static Map<String, Object> parameter() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("type", of("enum", words(Parameter.Type.values())));
        properties.put("default", of("type", List.of("string", "number", "boolean", "null")));
        properties.put("values", of("type", "array", "items", TEXT));
        properties.put("help", TEXT);
        return object(properties, List.of("type"));
    }

    private static Map<String, Object> role() {
        return of("anyOf", List.of(of("enum", RoleReader.NAMES), of("pattern", "^params\\.")));
    }

    private static Map<String, Object> step() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("name", TEXT);
        properties.put("when", of("type", List.of("string", "boolean"), "description", "A condition, without braces."));
        properties.put("tolerate", of("anyOf", List.of(of("const", "all"), of("type", "integer", "minimum", 0))));
        properties.put("at_once", of("type", "integer", "minimum", StepReader.AT_ONCE.least()));
        properties.put("unless", of("$ref", "#/definitions/question"));
        properties.put("expect", of("type", "string", "description", "A condition on result, without braces."));
        properties.put("undo", of("$ref", "#/definitions/undo"));
        properties.put("register", text(StepReader.REGISTER));
        properties.put("secret", of("type", "boolean"));
        Verbs.ALL.forEach(verb -> properties.put(verb.name(), verb(verb, verb.keys())));
        var schema = object(properties, List.of());
        schema.put(
                "oneOf",
                Verbs.NAMES.stream().map(name -> of("required", List.of(name))).toList());
        var dependencies = new LinkedHashMap<String, Object>();
        var site = Verbs.ALL.stream()
                .filter(verb -> !verb.extras().isEmpty())
                .map(verb -> of("required", List.of(verb.name())))
                .toList();
        Verb.EXTRAS.forEach(extra -> dependencies.put(extra, of("anyOf", site)));
        schema.put("dependencies", dependencies);
        return schema;
    }

    private static Map<String, Object> undo() {
        var properties = new LinkedHashMap<String, Object>();
        Verbs.ALL.stream()
                .filter(verb -> !verb.extras().isEmpty())
                .forEach(verb -> properties.put(
                        verb.name(),
                        verb(
                                verb,
                                verb.keys().stream()
                                        .filter(key -> !key.name().equals("target"))
                                        .toList())));
        var schema = object(properties, List.of());
        schema.put("minProperties", 1);
        schema.put("maxProperties", 1);
        return schema;
    }

    private static Map<String, Object> question() {
        var schema = object(of("sql", TEXT, "command", WORDS, "as", text(VerbKeys.OS_USER)), List.of());
        schema.put(
                "oneOf",
                QuestionReader.FORMS.stream()
                        .map(form -> of("required", List.of(form)))
                        .toList());
        return schema;
    }

    private static Map<String, Object> verb(Verb verb, List<VerbKey<?>> keys) {
        var properties = new LinkedHashMap<String, Object>();
        keys.forEach(key -> properties.put(key.name(), key(key)));
        var schema = of("description", verb.help());
        schema.putAll(object(
                properties,
                keys.stream().filter(VerbKey::required).map(VerbKey::name).toList()));
        if (!verb.oneOf().isEmpty()) {
            schema.put(
                    "oneOf",
                    verb.oneOf().stream()
                            .map(name -> of("required", List.of(name)))
                            .toList());
        }
        return schema;
    }

    private static Map<String, Object> key(VerbKey<?> key) {
        var schema = of("description", key.help());
        schema.putAll(
                switch (key) {
                    case VerbKey.Words words -> WORDS;
                    case VerbKey.Question question -> of("allOf", List.of(of("$ref", "#/definitions/question")));
                    case VerbKey.Value<?> value -> value(value);
                    default -> TEXT;
                });
        return schema;
    }

    private static Map<String, Object> value(VerbKey.Value<?> value) {
        var schema = type(value.type());
        value.builtIn().ifPresent(written -> schema.put("default", written));
        return schema;
    }

    /// A value may also be a template.
    private static Map<String, Object> type(YamlType<?> type) {
        return switch (type) {
            case YamlDuration duration -> of("type", "string", "pattern", "^(0|[1-9][0-9]{0,8})(ms|s|m|h)$|\\{\\{");
            case YamlChoice<?> choice ->
                of("type", "string", "pattern", "^(" + String.join("|", choice.order()) + ")$|\\{\\{");
            case YamlText text -> text(text);
            case YamlBytes _ ->
                of("type", List.of("string", "integer"), "pattern", "^(0|[1-9][0-9]{0,11}(B|kB|MB|GB|TB))$|\\{\\{");
            case YamlFlag _ -> of("anyOf", List.of(of("type", "boolean"), of("type", "string", "pattern", "\\{\\{")));
            default -> throw new IllegalArgumentException("no verb takes " + type.rule() + " yet");
        };
    }

    private static Map<String, Object> text(YamlText text) {
        return of("type", "string", "pattern", "^(?:" + text.allowed().pattern() + ")$");
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        var schema = of("type", "object");
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        return schema;
    }

    private static List<String> words(Enum<?>... constants) {
        return Arrays.stream(constants)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Map<String, Object> of(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
