package io.heliosctl.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The arguments of one call: by position, by name, or both. What nobody asked for is a fault.
final class JinjaArguments {

    private final String callee;
    private final List<Object> positional;
    private final Map<String, Object> named;
    private final Set<String> taken = new HashSet<>();
    private int asked;

    JinjaArguments(String callee, List<Object> positional, Map<String, Object> named) {
        this.callee = callee;
        this.positional = positional;
        this.named = named;
    }

    /// The next argument, called so by name, or the fallback.
    Object next(String name, Object fallback) {
        return StrictUndefined.refuse(raw(name, fallback));
    }

    /// The next argument even if it is undefined.
    Object raw(String name, Object fallback) {
        int index = asked++;
        taken.add(name);
        if (index < positional.size()) {
            if (named.containsKey(name)) {
                throw JinjaFault.type(callee + " got \"" + name + "\" twice");
            }
            return positional.get(index);
        }
        return named.containsKey(name) ? named.get(name) : fallback;
    }

    Object required(String name) {
        if (asked >= positional.size() && !named.containsKey(name)) {
            throw JinjaFault.type(callee + " needs \"" + name + "\"");
        }
        return next(name, null);
    }

    String text(String name, String fallback) {
        return of(String.class, next(name, fallback), name, "text");
    }

    String text(String name) {
        return of(String.class, required(name), name, "text");
    }

    long number(String name, long fallback) {
        return of(Long.class, next(name, fallback), name, "a whole number");
    }

    boolean flag(String name, boolean fallback) {
        return JinjaOperators.truth(next(name, fallback));
    }

    /// Every positional argument not yet asked for.
    List<Object> rest() {
        List<Object> rest = new ArrayList<>(positional.subList(Math.min(asked, positional.size()), positional.size()));
        asked = positional.size();
        rest.forEach(StrictUndefined::refuse);
        return rest;
    }

    List<Object> positional() {
        return positional;
    }

    Map<String, Object> named() {
        return named;
    }

    /// @throws JinjaFault if there is an argument nobody asked for
    void end() {
        if (positional.size() > asked) {
            throw JinjaFault.type(callee + " takes at most " + asked + " arguments");
        }
        for (String name : named.keySet()) {
            if (!taken.contains(name)) {
                throw JinjaFault.unknown(
                        "template-argument", callee + " has no argument \"" + name + "\"", name, taken);
            }
        }
    }

    private <T> T of(Class<T> type, Object value, String name, String wanted) {
        if (!type.isInstance(value)) {
            throw JinjaFault.type(callee + ": \"" + name + "\" must be " + wanted);
        }
        return type.cast(value);
    }
}
