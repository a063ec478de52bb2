package io.heliosctl.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Jinja2's filters that look at every element of a list: `map`, `select`, `selectattr`, `groupby` and their
/// kin.
final class FilterSelection {

    static final Map<String, JinjaFilter> ALL = Map.of(
            "map", FilterSelection::map,
            "select", (input, arguments) -> kept(input, chosen(arguments, element -> element, true)),
            "reject", (input, arguments) -> kept(input, chosen(arguments, element -> element, false)),
            "selectattr", (input, arguments) -> byAttribute(input, arguments, true),
            "rejectattr", (input, arguments) -> byAttribute(input, arguments, false),
            "groupby", FilterSelection::groups);

    private FilterSelection() {}

    /// An attribute of an element, by a dotted path such as `host.name`; without a path the element itself.
    static Object attribute(Object element, Object path) {
        Object value = element;
        if (path != null) {
            for (String name : JinjaText.of(path).split("\\.", -1)) {
                value = JinjaMembers.attribute(value, name, JinjaText.of(path));
            }
        }
        return value;
    }

    private static Object map(Object input, JinjaArguments arguments) {
        List<Object> mapped = new ArrayList<>();
        UnaryOperator<Object> function = function(arguments);
        FilterLists.elements(input).forEach(element -> mapped.add(function.apply(element)));
        return mapped;
    }

    private static UnaryOperator<Object> function(JinjaArguments arguments) {
        if (arguments.positional().isEmpty()) {
            Object path = arguments.required("attribute");
            boolean hasDefault = arguments.named().containsKey("default");
            Object fallback = arguments.raw("default", null);
            return element -> {
                Object value = attribute(element, path);
                return value instanceof StrictUndefined && hasDefault ? fallback : value;
            };
        }
        String name = arguments.text("filter");
        JinjaFilter filter = FilterNames.find(name);
        List<Object> rest = arguments.rest();
        Map<String, Object> named = arguments.named();
        named.keySet().forEach(key -> arguments.next(key, null));
        return element -> {
            JinjaArguments inner = new JinjaArguments(name, rest, named);
            Object result = filter.apply(element, inner);
            inner.end();
            return result;
        };
    }

    private static Object byAttribute(Object input, JinjaArguments arguments, boolean wanted) {
        String path = arguments.text("attribute");
        return kept(input, chosen(arguments, element -> attribute(element, path), wanted));
    }

    private static Predicate<Object> chosen(JinjaArguments arguments, UnaryOperator<Object> of, boolean wanted) {
        List<Object> rest = arguments.rest();
        if (rest.isEmpty()) {
            return element -> JinjaOperators.truth(of.apply(element)) == wanted;
        }
        String name = JinjaText.of(rest.getFirst());
        JinjaTest test = JinjaTests.find(name);
        return element -> {
            JinjaArguments inner = new JinjaArguments(name, rest.subList(1, rest.size()), Map.of());
            boolean holds = test.holds(of.apply(element), inner);
            inner.end();
            return holds == wanted;
        };
    }

    private static List<Object> kept(Object input, Predicate<Object> choice) {
        return new ArrayList<>(
                FilterLists.elements(input).stream().filter(choice).toList());
    }

    private static Object groups(Object input, JinjaArguments arguments) {
        Object path = arguments.required("attribute");
        Object fallback = arguments.next("default", null);
        boolean exact = arguments.flag("case_sensitive", false);
        Map<Object, List<Object>> groups = new LinkedHashMap<>();
        Map<Object, Object> names = new LinkedHashMap<>();
        List<Object> sorted = FilterLists.elements(input);
        sorted.sort((one, other) -> JinjaOperators.compare(
                FilterLists.folded(orElse(one, path, fallback), exact),
                FilterLists.folded(orElse(other, path, fallback), exact)));
        for (Object element : sorted) {
            Object name = StrictUndefined.refuse(orElse(element, path, fallback));
            names.putIfAbsent(FilterLists.folded(name, exact), name);
            groups.computeIfAbsent(FilterLists.folded(name, exact), key -> new ArrayList<>())
                    .add(element);
        }
        List<Object> result = new ArrayList<>();
        groups.forEach((key, list) -> result.add(new JinjaGroup(names.get(key), list)));
        return result;
    }

    private static Object orElse(Object element, Object path, Object fallback) {
        Object value = attribute(element, path);
        return value instanceof StrictUndefined && fallback != null ? fallback : value;
    }
}
