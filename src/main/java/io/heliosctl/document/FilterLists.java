package io.heliosctl.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Jinja2's filters on lists, and Ansible's on sets.
final class FilterLists {

    static final Map<String, JinjaFilter> ALL = Map.ofEntries(
            Map.entry("length", (input, arguments) -> length(input)),
            Map.entry("count", (input, arguments) -> length(input)),
            Map.entry("list", (input, arguments) -> new ArrayList<>(elements(input))),
            Map.entry("first", (input, arguments) -> end(elements(input), true)),
            Map.entry("last", (input, arguments) -> end(elements(input), false)),
            Map.entry("reverse", (input, arguments) -> reverse(input)),
            Map.entry("sort", FilterLists::sort),
            Map.entry("unique", FilterLists::unique),
            Map.entry("min", (input, arguments) -> extreme(input, arguments, -1)),
            Map.entry("max", (input, arguments) -> extreme(input, arguments, 1)),
            Map.entry("sum", FilterLists::sum),
            Map.entry("batch", FilterLists::batch),
            Map.entry("flatten", (input, arguments) -> flatten(elements(input))),
            Map.entry("union", (input, arguments) -> union(elements(input), elements(arguments.required("other")))),
            Map.entry(
                    "intersect",
                    (input, arguments) -> filtered(elements(input), elements(arguments.required("other")), true)),
            Map.entry(
                    "difference",
                    (input, arguments) -> filtered(elements(input), elements(arguments.required("other")), false)));

    private FilterLists() {}

    /// What a loop would go through: elements, keys of a map, characters of text.
    static List<Object> elements(Object input) {
        return switch (input) {
            case StrictUndefined undefined -> throw undefined.fault();
            case Collection<?> list -> new ArrayList<>(list);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text -> new ArrayList<>(JinjaMembers.characters(text));
            case null, default -> throw JinjaFault.type("this must be a list, not " + JinjaText.kind(input));
        };
    }

    private static long length(Object input) {
        return elements(input).size();
    }

    private static Object end(List<Object> list, boolean first) {
        if (list.isEmpty()) {
            return new StrictUndefined("the list is empty", first ? "first" : "last", List.of());
        }
        return first ? list.getFirst() : list.getLast();
    }

    private static Object reverse(Object input) {
        return input instanceof String text
                ? new StringBuilder(text).reverse().toString()
                : elements(input).reversed();
    }

    private static Object sort(Object input, JinjaArguments arguments) {
        boolean descending = arguments.flag("reverse", false);
        boolean exact = arguments.flag("case_sensitive", false);
        Object attribute = arguments.next("attribute", null);
        Comparator<Object> order = order(attribute, exact);
        List<Object> sorted = elements(input);
        sorted.sort(descending ? order.reversed() : order);
        return sorted;
    }

    /// By an attribute or the value itself; letters' case counts only where asked for, as in Jinja2.
    static Comparator<Object> order(Object attribute, boolean exact) {
        return (one, other) -> JinjaOperators.compare(
                folded(FilterSelection.attribute(one, attribute), exact),
                folded(FilterSelection.attribute(other, attribute), exact));
    }

    static Object folded(Object value, boolean exact) {
        return value instanceof String text && !exact ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static Object unique(Object input, JinjaArguments arguments) {
        boolean exact = arguments.flag("case_sensitive", false);
        Object attribute = arguments.next("attribute", null);
        Map<Object, Object> seen = new LinkedHashMap<>();
        for (Object element : elements(input)) {
            seen.putIfAbsent(
                    StrictUndefined.refuse(folded(FilterSelection.attribute(element, attribute), exact)), element);
        }
        return new ArrayList<>(seen.values());
    }

    private static Object extreme(Object input, JinjaArguments arguments, int sign) {
        boolean exact = arguments.flag("case_sensitive", false);
        Comparator<Object> order = order(arguments.next("attribute", null), exact);
        List<Object> list = elements(input);
        if (list.isEmpty()) {
            return end(list, true);
        }
        return sign < 0 ? Collections.min(list, order) : Collections.max(list, order);
    }

    private static Object sum(Object input, JinjaArguments arguments) {
        Object attribute = arguments.next("attribute", null);
        Object sum = arguments.next("start", 0L);
        for (Object element : elements(input)) {
            sum = JinjaOperators.add(sum, FilterSelection.attribute(element, attribute));
        }
        return sum;
    }

    private static Object batch(Object input, JinjaArguments arguments) {
        int size = Math.clamp(arguments.number("linecount", 1), 1, JinjaNumbers.LONGEST);
        Object filler = arguments.next("fill_with", null);
        List<Object> rest = elements(input);
        List<Object> batches = new ArrayList<>();
        for (int from = 0; from < rest.size(); from += size) {
            List<Object> batch = new ArrayList<>(rest.subList(from, Math.min(from + size, rest.size())));
            while (filler != null && batch.size() < size) {
                batch.add(filler);
            }
            batches.add(batch);
        }
        return batches;
    }

    private static List<Object> flatten(List<Object> list) {
        List<Object> flat = new ArrayList<>();
        for (Object element : list) {
            flat.addAll(
                    element instanceof Collection<?> ? flatten(elements(element)) : Collections.singletonList(element));
        }
        return flat;
    }

    private static List<Object> union(List<Object> one, List<Object> other) {
        List<Object> all = new ArrayList<>(one);
        all.addAll(other);
        return filtered(all, all, true);
    }

    private static List<Object> filtered(List<Object> list, List<Object> other, boolean wanted) {
        List<Object> kept = new ArrayList<>();
        for (Object element : list) {
            if (JinjaOperators.contains(other, element) == wanted && !JinjaOperators.contains(kept, element)) {
                kept.add(element);
            }
        }
        return kept;
    }
}
