package io.heliosctl.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Filters on maps: Jinja2's `items` and `dictsort`, Ansible's `combine`, `dict2items`, `items2dict` and
/// `ternary`.
final class FilterMaps {

    static final Map<String, JinjaFilter> ALL = Map.of(
            "items", (input, arguments) -> pairs(map(input)),
            "dictsort", FilterMaps::sorted,
            "combine", FilterMaps::combine,
            "dict2items", FilterMaps::toItems,
            "items2dict", FilterMaps::fromItems,
            "ternary", FilterMaps::ternary);

    private FilterMaps() {}

    static Map<?, ?> map(Object input) {
        if (input instanceof Map<?, ?> map) {
            return map;
        }
        throw JinjaFault.type("this must be a map, not " + JinjaText.kind(input));
    }

    private static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(new ArrayList<>(Arrays.asList(key, value))));
        return pairs;
    }

    private static Object sorted(Object input, JinjaArguments arguments) {
        boolean exact = arguments.flag("case_sensitive", false);
        int by = switch (arguments.text("by", "key")) {
            case "key" -> 0;
            case "value" -> 1;
            default -> throw JinjaFault.type("dictsort: \"by\" must be key or value");
        };
        boolean descending = arguments.flag("reverse", false);
        Comparator<Object> order = (one, other) -> JinjaOperators.compare(
                FilterLists.folded(((List<?>) one).get(by), exact),
                FilterLists.folded(((List<?>) other).get(by), exact));
        List<Object> pairs = pairs(map(input));
        pairs.sort(descending ? order.reversed() : order);
        return pairs;
    }

    private static Object combine(Object input, JinjaArguments arguments) {
        List<Object> others = arguments.rest();
        boolean deep = JinjaOperators.truth(arguments.named().getOrDefault("recursive", false));
        arguments.next("recursive", false);
        Map<Object, Object> combined = new LinkedHashMap<>(map(input));
        others.forEach(other -> merge(combined, map(other), deep));
        return combined;
    }

    private static void merge(Map<Object, Object> into, Map<?, ?> from, boolean deep) {
        from.forEach((key, value) -> {
            if (deep && value instanceof Map<?, ?> more && into.get(key) instanceof Map<?, ?> present) {
                Map<Object, Object> both = new LinkedHashMap<>(present);
                merge(both, more, true);
                into.put(key, both);
            } else {
                into.put(key, value);
            }
        });
    }

    private static Object toItems(Object input, JinjaArguments arguments) {
        String keyName = arguments.text("key_name", "key");
        String valueName = arguments.text("value_name", "value");
        List<Object> items = new ArrayList<>();
        map(input).forEach((key, value) -> {
            Map<Object, Object> item = new LinkedHashMap<>();
            item.put(keyName, key);
            item.put(valueName, value);
            items.add(item);
        });
        return items;
    }

    private static Object fromItems(Object input, JinjaArguments arguments) {
        String keyName = arguments.text("key_name", "key");
        String valueName = arguments.text("value_name", "value");
        Map<Object, Object> result = new LinkedHashMap<>();
        for (Object item : FilterLists.elements(input)) {
            result.put(
                    StrictUndefined.refuse(JinjaMembers.attribute(item, keyName, keyName)),
                    StrictUndefined.refuse(JinjaMembers.attribute(item, valueName, valueName)));
        }
        return result;
    }

    private static Object ternary(Object input, JinjaArguments arguments) {
        Object yes = arguments.raw("true_val", null);
        Object no = arguments.raw("false_val", null);
        Object none = arguments.raw("none_val", null);
        Object chosen = input == null && none != null ? none : JinjaOperators.truth(input) ? yes : no;
        return StrictUndefined.refuse(chosen);
    }
}
