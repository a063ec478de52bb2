package io.heliosctl.document;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Filters that carry a value safely into another language. Null is refused by all but `sql`.
final class FilterQuoting {

    static final Map<String, JinjaFilter> ALL = Map.ofEntries(
            Map.entry("sql", (input, arguments) -> sql(input)),
            Map.entry("sql_identifier", (input, arguments) -> identifier(input)),
            Map.entry("sh", (input, arguments) -> quoted(input, Quoting::shell)),
            Map.entry("quote", (input, arguments) -> quoted(input, Quoting::shell)),
            Map.entry("conninfo", (input, arguments) -> quoted(input, Quoting::conninfo)),
            Map.entry("conf", (input, arguments) -> quoted(input, Quoting::conf)),
            Map.entry("ini", (input, arguments) -> quoted(input, Quoting::ini)),
            Map.entry("ini_key", (input, arguments) -> quoted(input, Quoting::settingName)),
            Map.entry("ini_word", (input, arguments) -> quoted(input, Quoting::iniWord)),
            Map.entry("ini_name", (input, arguments) -> quoted(input, Quoting::iniName)),
            Map.entry(
                    "b64encode",
                    (input, arguments) -> Base64.getEncoder()
                            .encodeToString(FilterText.text(input).getBytes(StandardCharsets.UTF_8))),
            Map.entry("b64decode", (input, arguments) -> decoded(FilterText.text(input))));

    private FilterQuoting() {}

    private static String quoted(Object input, UnaryOperator<String> quoting) {
        String text = switch (input) {
            case String given -> given;
            case Boolean flag -> flag ? "1" : "0";
            case Number number -> JinjaText.of(number);
            case null, default -> throw JinjaFault.type("this cannot be written there: " + JinjaText.kind(input));
        };
        try {
            return quoting.apply(text);
        } catch (IllegalArgumentException e) {
            throw JinjaFault.type("this value " + e.getMessage());
        }
    }

    // A negative number gets brackets: `1-{{ n | sql }}` must not become the comment `--`.
    private static String sql(Object input) {
        return switch (input) {
            case null -> "NULL";
            case Boolean flag -> flag ? "TRUE" : "FALSE";
            case Number number when number.doubleValue() < 0 -> "(" + JinjaText.of(number) + ")";
            case Number number -> JinjaText.of(number);
            case List<?> list when list.isEmpty() -> "'{}'";
            case List<?> list -> list.stream().map(FilterQuoting::sql).collect(Collectors.joining(",", "ARRAY[", "]"));
            default -> quoted(input, Quoting::sql);
        };
    }

    private static String identifier(Object input) {
        return input instanceof List<?> parts && !parts.isEmpty()
                ? parts.stream()
                        .map(part -> quoted(part, Quoting::sqlIdentifier))
                        .collect(Collectors.joining("."))
                : quoted(input, Quoting::sqlIdentifier);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw JinjaFault.type("this is not base64");
        }
    }
}
