package io.heliosctl.document;

import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import com.hubspot.jinjava.objects.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The functions a template may call: `range`, `namespace`, `dict`, and the macros it defines itself.
final class JinjaFunctions {

    private static final int MOST_ELEMENTS = 10_000;

    private JinjaFunctions() {}

    static Object call(String name, JinjaArguments arguments, JinjavaInterpreter interpreter) {
        MacroFunction macro = interpreter.getContext().getGlobalMacro(name);
        if (macro != null) {
            return macro(macro, name, arguments);
        }
        Object result = switch (name) {
            case "range" -> range(arguments);
            case "namespace" -> namespace(arguments);
            case "dict" -> dict(arguments);
            default -> throw unknown(name, interpreter);
        };
        return result;
    }

    private static List<Object> range(JinjaArguments arguments) {
        long first = arguments.number("start", 0);
        boolean one = arguments.positional().size() == 1;
        long from = one ? 0 : first;
        long to = one ? first : arguments.number("stop", 0);
        long step = one ? 1 : arguments.number("step", 1);
        arguments.end();
        if (step == 0) {
            throw JinjaFault.type("range() cannot step by 0");
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            if (numbers.size() >= MOST_ELEMENTS) {
                throw JinjaFault.type("range() makes at most " + MOST_ELEMENTS + " numbers");
            }
            numbers.add(i);
        }
        return numbers;
    }

    // Jinjava's own class: its `set` writes into nothing else.
    private static Namespace namespace(JinjaArguments arguments) {
        Map<String, Object> values = new LinkedHashMap<>();
        dict(arguments).forEach((key, value) -> values.put(JinjaText.of(key), value));
        return new Namespace(values, MOST_ELEMENTS);
    }

    private static Map<Object, Object> dict(JinjaArguments arguments) {
        Map<Object, Object> values = new LinkedHashMap<>();
        for (Object given : arguments.rest()) {
            if (!(given instanceof Map<?, ?> map)) {
                throw JinjaFault.type("dict() needs a map, not " + JinjaText.kind(given));
            }
            values.putAll(map);
        }
        arguments.named().forEach((name, value) -> values.put(name, StrictUndefined.refuse(value)));
        return values;
    }

    private static Object macro(MacroFunction macro, String name, JinjaArguments arguments) {
        if (arguments.positional().size() > macro.getArguments().size()) {
            throw JinjaFault.type("the macro " + name + " takes at most "
                            + macro.getArguments().size() + " arguments")
                    .about(name);
        }
        List<Object> given = new ArrayList<>(arguments.positional());
        for (String parameter :
                macro.getArguments().subList(given.size(), macro.getArguments().size())) {
            Object fallback = macro.getDefaults().get(parameter);
            given.add(
                    arguments.named().containsKey(parameter)
                            ? arguments.named().get(parameter)
                            : fallback != null ? fallback : missing(parameter, name));
        }
        arguments.named().forEach((key, value) -> {
            if (!macro.getArguments().contains(key)) {
                throw JinjaFault.unknown(
                        "template-argument",
                        "the macro " + name + " has no argument \"" + key + "\"",
                        key,
                        macro.getArguments());
            }
            given.add(new NamedParameter(key, value));
        });
        return macro.evaluate(given.subList(0, macro.getArguments().size()).toArray());
    }

    private static StrictUndefined missing(String parameter, String macro) {
        return new StrictUndefined(
                "\"" + parameter + "\" is undefined: the macro " + macro + " was called without it",
                parameter,
                List.of());
    }

    private static JinjaFault unknown(String name, JinjavaInterpreter interpreter) {
        TreeSet<String> known = new TreeSet<>(List.of("range", "namespace", "dict"));
        for (var scope = interpreter.getContext(); scope != null; scope = scope.getParent()) {
            known.addAll(scope.getGlobalMacros().keySet());
        }
        return JinjaFault.unknown("template-undefined", "no function named \"" + name + "\"", name, known);
    }
}
