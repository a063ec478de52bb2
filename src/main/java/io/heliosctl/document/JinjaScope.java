package io.heliosctl.document;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.NullValue;
import java.util.Set;
import java.util.TreeSet;

/// Looks up names in the scopes of a template, innermost first. A name whose value is null is defined.
final class JinjaScope {

    private JinjaScope() {}

    static Object find(String name, JinjavaInterpreter interpreter) {
        for (Context scope = interpreter.getContext(); scope != null; scope = scope.getParent()) {
            if (scope.getScope().containsKey(name)) {
                Object value = scope.getScope().get(name);
                return value instanceof NullValue ? null : value;
            }
        }
        return new StrictUndefined("\"" + name + "\" is undefined", name, names(interpreter));
    }

    static Set<String> names(JinjavaInterpreter interpreter) {
        Set<String> names = new TreeSet<>();
        for (Context scope = interpreter.getContext(); scope != null; scope = scope.getParent()) {
            scope.getScope().keySet().stream()
                    .filter(name -> !name.startsWith("_"))
                    .forEach(names::add);
        }
        return names;
    }
}
