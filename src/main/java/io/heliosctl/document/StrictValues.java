package io.heliosctl.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Copies what is handed to a template: maps, lists, text, numbers, booleans and null pass, anything else is a
/// bug of the caller. Jinjava would let a template call any public method of an object it gets (CVE-2025-59340,
/// CVE-2026-25526).
final class StrictValues {

    private static final int DEEPEST = 50;

    private StrictValues() {}

    /// @throws IllegalArgumentException if something in it is not a plain value
    static Map<String, Object> copy(Map<String, Object> context) {
        return map(context, "", 0);
    }

    /// @throws IllegalArgumentException if something in it is not a plain value
    static Object copyOf(Object value) {
        return value(value, "", 0);
    }

    private static Object value(Object value, String path, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested too deeply for a template: " + path);
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Double number -> number;
            case Float number -> Double.valueOf(number.toString());
            case Map<?, ?> map -> map(map, path, depth);
            case List<?> list -> list(list, path, depth);
            default ->
                throw new IllegalArgumentException("not a value for a template: " + path + " is a "
                        + value.getClass().getName());
        };
    }

    private static Map<String, Object> map(Map<?, ?> map, String path, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("not a key for a template: " + key + " in " + path);
            }
            copy.put(name, value(value, path.isEmpty() ? name : path + "." + name, depth + 1));
        });
        return copy;
    }

    private static List<Object> list(List<?> list, String path, int depth) {
        List<Object> copy = new ArrayList<>();
        for (Object element : list) {
            copy.add(value(element, path + "[" + copy.size() + "]", depth + 1));
        }
        return copy;
    }
}
