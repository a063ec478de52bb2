package io.heliosctl.document;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;

/// Values as Python writes them: `True`, `None`, `['a', 1]`.
final class JinjaText {

    private JinjaText() {}

    /// What `{{ value }}` prints (Python's `str`).
    static String of(Object value) {
        return value instanceof String text ? text : written(value);
    }

    /// How a value stands inside a list (Python's `repr`).
    static String written(Object value) {
        return switch (value) {
            case null -> "None";
            case StrictUndefined undefined -> throw undefined.fault();
            case Boolean flag -> flag ? "True" : "False";
            case String text -> quoted(text);
            case Double number -> decimal(number);
            case Number number -> number.toString();
            case Map<?, ?> map -> map(map);
            case Collection<?> list -> list(list);
            default -> throw JinjaFault.type("this has no text: " + kind(value));
        };
    }

    /// What a value is, in words for messages.
    static String kind(Object value) {
        return switch (value) {
            case null -> "null";
            case StrictUndefined undefined -> throw undefined.fault();
            case Boolean ignored -> "a boolean";
            case String ignored -> "text";
            case Number ignored -> "a number";
            case Map<?, ?> ignored -> "a map";
            case Collection<?> ignored -> "a list";
            default -> "the loop";
        };
    }

    private static String decimal(Double number) {
        if (number.isNaN() || number.isInfinite()) {
            throw JinjaFault.type("the result is not a number");
        }
        double size = Math.abs(number);
        return size != 0 && (size >= 1e16 || size < 1e-4)
                ? number.toString().replace("E-", "e-").replace("E", "e+").replace(".0e", "e")
                : new BigDecimal(number.toString()).toPlainString();
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder written = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> written.append("\\\\");
                case '\n' -> written.append("\\n");
                case '\r' -> written.append("\\r");
                case '\t' -> written.append("\\t");
                default -> written.append(c == quote ? "\\" : "").append(c);
            }
        }
        return written.append(quote).toString();
    }

    private static String map(Map<?, ?> map) {
        StringJoiner joined = new StringJoiner(", ", "{", "}");
        map.forEach((key, value) -> joined.add(written(key) + ": " + written(value)));
        return joined.toString();
    }

    private static String list(Collection<?> list) {
        StringJoiner joined = new StringJoiner(", ", "[", "]");
        list.forEach(element -> joined.add(written(element)));
        return joined.toString();
    }
}
