package io.heliosctl.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// `tojson` as Jinja2 writes it (safe inside HTML), `to_json` as Ansible does, `from_json`.
final class FilterJson {

    static final Map<String, JinjaFilter> ALL = Map.of(
            "tojson",
                    (input, arguments) -> json(input)
                            .replace("<", "\\u003c")
                            .replace(">", "\\u003e")
                            .replace("&", "\\u0026")
                            .replace("'", "\\u0027"),
            "to_json", (input, arguments) -> json(input),
            "from_json", (input, arguments) -> parsed(FilterText.text(input)));

    private FilterJson() {}

    // Python's json.dumps: blanks after ":" and ",", nothing beyond ASCII.
    private static String json(Object value) {
        return switch (value) {
            case null -> "null";
            case StrictUndefined undefined -> throw undefined.fault();
            case Boolean flag -> flag.toString();
            case Number number -> JinjaText.of(number);
            case String text -> string(text);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> string(JinjaText.of(entry.getKey())) + ": " + json(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> list -> list.stream().map(FilterJson::json).collect(Collectors.joining(", ", "[", "]"));
            default -> throw JinjaFault.type("this cannot be JSON: " + JinjaText.kind(value));
        };
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> json.append(c >= ' ' && c < 127 ? Character.toString(c) : "\\u%04x".formatted((int) c));
            }
        }
        return json.append('"').toString();
    }

    private static Object parsed(String text) {
        try {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
            return StrictValues.copyOf(mapper.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            throw JinjaFault.type("this is not JSON").detail(e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw JinjaFault.type("this JSON holds a number that is too large");
        }
    }
}
