package io.heliosctl.document;

import com.hubspot.jinjava.util.ForLoop;
import java.util.List;

/// The `loop` of a `for`: Jinjava's, so that its `break` and `continue` work, with the attributes Python's
/// has.
final class JinjaLoop extends ForLoop {

    private static final List<String> ATTRIBUTES = List.of(
            "index",
            "index0",
            "revindex",
            "revindex0",
            "first",
            "last",
            "length",
            "depth",
            "depth0",
            "previtem",
            "nextitem");

    private final List<?> elements;
    private final int depth;

    JinjaLoop(List<?> elements, int depth) {
        super(elements.iterator(), elements.size());
        this.elements = elements;
        this.depth = depth;
    }

    Object attribute(String name) {
        int at = getIndex0();
        return switch (name) {
            case "index" -> at + 1L;
            case "index0" -> (long) at;
            case "revindex" -> (long) elements.size() - at;
            case "revindex0" -> elements.size() - at - 1L;
            case "first" -> at == 0;
            case "last" -> at == elements.size() - 1;
            case "length" -> (long) elements.size();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> at > 0 ? elements.get(at - 1) : beyond("previtem", "first");
            case "nextitem" -> at < elements.size() - 1 ? elements.get(at + 1) : beyond("nextitem", "last");
            default ->
                throw JinjaFault.unknown("template-undefined", "the loop has no \"" + name + "\"", name, ATTRIBUTES);
        };
    }

    Object call(String method, JinjaArguments arguments) {
        if (!method.equals("cycle")) {
            throw JinjaMethods.unknown(this, method, List.of("cycle"));
        }
        List<Object> choices = arguments.rest();
        if (choices.isEmpty()) {
            throw JinjaFault.type("cycle() needs something to choose from");
        }
        return choices.get(getIndex0() % choices.size());
    }

    int depth() {
        return depth;
    }

    private static StrictUndefined beyond(String name, String which) {
        return new StrictUndefined("\"loop." + name + "\" is undefined for the " + which + " element", name, List.of());
    }
}
