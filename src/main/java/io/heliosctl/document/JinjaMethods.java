package io.heliosctl.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Python's methods of text, lists and maps that templates use. No method of a Java object can be called.
final class JinjaMethods {

    private static final List<String> OF_TEXT = List.of(
            "upper",
            "lower",
            "title",
            "capitalize",
            "strip",
            "lstrip",
            "rstrip",
            "startswith",
            "endswith",
            "split",
            "splitlines",
            "join",
            "replace",
            "find",
            "isdigit",
            "count");
    private static final List<String> OF_LIST = List.of("append", "extend", "index", "count");
    private static final List<String> OF_MAP = List.of("items", "keys", "values", "get", "update");

    private JinjaMethods() {}

    static Object call(Object base, String method, JinjaArguments arguments) {
        StrictUndefined.refuse(base);
        Object result = switch (base) {
            case String text -> text(text, method, arguments);
            case List<?> list -> list(list, method, arguments);
            case Map<?, ?> map -> map(map, method, arguments);
            case JinjaLoop loop -> loop.call(method, arguments);
            case null, default -> throw unknown(base, method, List.of());
        };
        arguments.end();
        return result;
    }

    static JinjaFault unknown(Object base, String method, List<String> known) {
        return JinjaFault.unknown(
                "template-undefined", JinjaText.kind(base) + " has no method \"" + method + "\"", method, known);
    }

    private static Object text(String text, String method, JinjaArguments arguments) {
        return switch (method) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "title" -> FilterText.title(text);
            case "capitalize" -> FilterText.capitalize(text);
            case "strip" -> FilterText.strip(text, arguments.next("chars", null), true, true);
            case "lstrip" -> FilterText.strip(text, arguments.next("chars", null), true, false);
            case "rstrip" -> FilterText.strip(text, arguments.next("chars", null), false, true);
            case "startswith" -> text.startsWith(arguments.text("prefix"));
            case "endswith" -> text.endsWith(arguments.text("suffix"));
            case "split" -> FilterText.split(text, arguments.next("sep", null), arguments.number("maxsplit", -1));
            case "splitlines" -> new ArrayList<Object>(text.lines().toList());
            case "join" -> FilterText.join(arguments.required("iterable"), text, null);
            case "replace" -> text.replace(arguments.text("old"), arguments.text("new"));
            case "find" -> (long) text.indexOf(arguments.text("sub"));
            case "isdigit" -> text.matches("[0-9]+");
            case "count" -> (long) text.split(Pattern.quote(arguments.text("sub")), -1).length - 1;
            default -> throw unknown(text, method, OF_TEXT);
        };
    }

    private static Object list(List<?> list, String method, JinjaArguments arguments) {
        return switch (method) {
            case "append" -> {
                writable(list).add(arguments.required("object"));
                yield null;
            }
            case "extend" -> {
                writable(list).addAll(FilterLists.elements(arguments.required("iterable")));
                yield null;
            }
            case "index" -> position(list, arguments.required("value"));
            case "count" -> {
                Object wanted = arguments.required("value");
                yield list.stream()
                        .filter(element -> JinjaOperators.equal(element, wanted))
                        .count();
            }
            default -> throw unknown(list, method, OF_LIST);
        };
    }

    private static Object map(Map<?, ?> map, String method, JinjaArguments arguments) {
        return switch (method) {
            case "items" ->
                map.entrySet().stream()
                        .map(entry -> Arrays.<Object>asList(entry.getKey(), entry.getValue()))
                        .collect(Collectors.toCollection(ArrayList<Object>::new));
            case "keys" -> new ArrayList<Object>(map.keySet());
            case "values" -> new ArrayList<Object>(map.values());
            case "get" -> {
                Object key = arguments.required("key");
                Object fallback = arguments.next("default", null);
                yield map.containsKey(key) ? map.get(key) : fallback;
            }
            case "update" -> {
                update(map, arguments.required("other"));
                yield null;
            }
            default -> throw unknown(map, method, OF_MAP);
        };
    }

    private static long position(List<?> list, Object wanted) {
        for (int i = 0; i < list.size(); i++) {
            if (JinjaOperators.equal(list.get(i), wanted)) {
                return i;
            }
        }
        throw JinjaFault.type("the list does not contain " + JinjaText.written(wanted));
    }

    // Every list and map a template holds is its own copy, made by StrictValues or by an expression.
    @SuppressWarnings("unchecked")
    private static List<Object> writable(List<?> list) {
        JinjaNumbers.times(1, list.size());
        return (List<Object>) list;
    }

    @SuppressWarnings("unchecked")
    private static void update(Map<?, ?> map, Object other) {
        if (!(other instanceof Map<?, ?> more)) {
            throw JinjaFault.type("update() needs a map, not " + JinjaText.kind(other));
        }
        ((Map<Object, Object>) map).putAll(more);
    }
}
