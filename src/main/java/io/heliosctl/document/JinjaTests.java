package io.heliosctl.document;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;

/// Every test there is, what stands behind `is`: Jinja2's, and Ansible's `match`, `search`, `truthy` and
/// `falsy`.
final class JinjaTests {

    private static final Map<String, JinjaTest> ALL = all();

    private JinjaTests() {}

    /// @throws JinjaFault if there is no such test
    static JinjaTest find(String name) {
        JinjaTest test = ALL.get(name);
        if (test == null) {
            throw JinjaFault.unknown("template-test", "no test named \"" + name + "\"", name, ALL.keySet());
        }
        return test;
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    private static Map<String, JinjaTest> all() {
        Map<String, JinjaTest> all = new TreeMap<>();
        all.put("defined", (input, arguments) -> !(input instanceof StrictUndefined));
        all.put("undefined", (input, arguments) -> input instanceof StrictUndefined);
        kinds().forEach((name, test) -> all.put(name, strict(test)));
        values().forEach((name, test) -> all.put(name, strict(test)));
        comparison(all, "==", "eq", "equalto");
        comparison(all, "!=", "ne");
        comparison(all, "<", "lt", "lessthan");
        comparison(all, "<=", "le");
        comparison(all, ">", "gt", "greaterthan");
        comparison(all, ">=", "ge");
        comparison(all, "in", "in");
        return all;
    }

    private static Map<String, JinjaTest> kinds() {
        return Map.of(
                "none", (input, arguments) -> input == null,
                "string", (input, arguments) -> input instanceof String,
                "number", (input, arguments) -> input instanceof Number || input instanceof Boolean,
                "integer", (input, arguments) -> input instanceof Long,
                "float", (input, arguments) -> input instanceof Double,
                "boolean", (input, arguments) -> input instanceof Boolean,
                "mapping", (input, arguments) -> input instanceof Map,
                "sequence", (input, arguments) -> isIterable(input),
                "iterable", (input, arguments) -> isIterable(input));
    }

    private static Map<String, JinjaTest> values() {
        return Map.ofEntries(
                Map.entry("true", (input, arguments) -> input instanceof Boolean flag && flag),
                Map.entry("false", (input, arguments) -> input instanceof Boolean flag && !flag),
                Map.entry("truthy", (input, arguments) -> JinjaOperators.truth(input)),
                Map.entry("falsy", (input, arguments) -> !JinjaOperators.truth(input)),
                Map.entry("odd", (input, arguments) -> remainder(input, 2L) == 1),
                Map.entry("even", (input, arguments) -> remainder(input, 2L) == 0),
                Map.entry("divisibleby", (input, arguments) -> remainder(input, arguments.required("num")) == 0),
                Map.entry("sameas", (input, arguments) -> same(input, arguments.required("other"))),
                Map.entry("lower", (input, arguments) -> cased(JinjaText.of(input), String::toLowerCase)),
                Map.entry("upper", (input, arguments) -> cased(JinjaText.of(input), String::toUpperCase)),
                Map.entry("contains", (input, arguments) -> JinjaOperators.contains(input, arguments.required("item"))),
                Map.entry(
                        "match", (input, arguments) -> matcher(input, arguments).lookingAt()),
                Map.entry(
                        "search",
                        (input, arguments) -> matcher(input, arguments).find()));
    }

    private static void comparison(Map<String, JinjaTest> all, String operator, String... names) {
        JinjaTest test =
                strict((input, arguments) -> JinjaComparison.holds(input, operator, arguments.required("other")));
        all.put(operator, test);
        for (String name : names) {
            all.put(name, test);
        }
    }

    private static JinjaTest strict(JinjaTest test) {
        return (input, arguments) -> test.holds(StrictUndefined.refuse(input), arguments);
    }

    private static boolean isIterable(Object input) {
        return input instanceof Collection || input instanceof Map || input instanceof String;
    }

    private static long remainder(Object input, Object divisor) {
        if (JinjaNumbers.modulo(input, divisor) instanceof Long rest) {
            return rest;
        }
        throw JinjaFault.type("this must be a whole number");
    }

    private static boolean same(Object one, Object other) {
        boolean sameKind = one == null || other == null || one.getClass() == other.getClass();
        return sameKind && JinjaOperators.equal(one, other);
    }

    private static boolean cased(String text, BiFunction<String, Locale, String> to) {
        boolean hasCase = !text.toLowerCase(Locale.ROOT).equals(text.toUpperCase(Locale.ROOT));
        return hasCase && text.equals(to.apply(text, Locale.ROOT));
    }

    private static Matcher matcher(Object input, JinjaArguments arguments) {
        return FilterRegex.pattern(arguments.required("pattern"), arguments).matcher(FilterText.text(input));
    }
}
