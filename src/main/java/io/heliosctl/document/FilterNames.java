package io.heliosctl.document;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Every filter there is. None of Jinjava's own can be reached: they coerce types, and some depend on time or
/// chance.
final class FilterNames {

    private static final Map<String, JinjaFilter> ALL = all();

    private FilterNames() {}

    /// @throws JinjaFault if there is no such filter
    static JinjaFilter find(String name) {
        JinjaFilter filter = ALL.get(name);
        if (filter == null) {
            throw JinjaFault.unknown("template-filter", "no filter named \"" + name + "\"", name, ALL.keySet());
        }
        return filter;
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    private static Map<String, JinjaFilter> all() {
        Map<String, JinjaFilter> all = new TreeMap<>();
        FilterText.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        FilterNumbers.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        FilterLists.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        FilterSelection.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        FilterMaps.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        FilterQuoting.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        FilterJson.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        FilterRegex.ALL.forEach((name, filter) -> all.put(name, JinjaFilter.strict(filter)));
        all.put("mandatory", JinjaFilter.strict((input, arguments) -> input));
        all.put("default", FilterNames::orDefault);
        all.put("d", FilterNames::orDefault);
        return all;
    }

    private static Object orDefault(Object input, JinjaArguments arguments) {
        Object fallback = arguments.raw("default_value", "");
        boolean also = arguments.flag("boolean", false);
        boolean missing = input instanceof StrictUndefined || (also && !JinjaOperators.truth(input));
        return missing ? StrictUndefined.refuse(fallback) : input;
    }
}
