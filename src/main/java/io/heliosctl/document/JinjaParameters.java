package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The arguments of a call as written.
record JinjaParameters(List<JinjaNode> positional, Map<String, JinjaNode> named) {

    static final JinjaParameters NONE = new JinjaParameters(List.of(), Map.of());

    /// Their values. An undefined one is passed on: `default` may take it, the others refuse it when they look
    /// at it.
    JinjaArguments values(String callee, JinjavaInterpreter scope) {
        List<Object> values = new ArrayList<>();
        positional.forEach(node -> values.add(node.value(scope)));
        Map<String, Object> byName = new LinkedHashMap<>();
        named.forEach((name, node) -> byName.put(name, node.value(scope)));
        return new JinjaArguments(callee, values, byName);
    }
}
