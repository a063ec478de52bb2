package io.heliosctl.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;

/// A literal, name, call, list, map or bracket, with the `.name`, `[index]` and `(arguments)` that follow it.
final class JinjaOperand {

    private final JinjaParser parser;

    private JinjaOperand(JinjaParser parser) {
        this.parser = parser;
    }

    static JinjaNode parse(JinjaParser parser) {
        return new JinjaOperand(parser).whole();
    }

    private JinjaNode whole() {
        boolean named = parser.atName();
        String path = named ? parser.image() : "";
        JinjaNode node = named ? name() : literal();
        while (true) {
            JinjaNode base = node;
            if (parser.take(".")) {
                String member = parser.symbol() == Symbol.INTEGER || parser.atName() ? parser.next() : refuse();
                if (parser.image().equals("(")) {
                    JinjaParameters parameters = parser.parameters();
                    node = scope ->
                            JinjaMethods.call(base.value(scope), member, parameters.values(member + "()", scope));
                    path = "";
                } else {
                    path = path.isEmpty() ? "" : path + "." + member;
                    String shown = path;
                    node = scope -> JinjaMembers.attribute(base.value(scope), member, shown);
                }
            } else if (parser.take("[")) {
                node = index(base);
                path = "";
            } else {
                return node;
            }
        }
    }

    private JinjaNode name() {
        String name = parser.next();
        if (parser.image().equals("(")) {
            JinjaParameters parameters = parser.parameters();
            return scope -> JinjaFunctions.call(name, parameters.values(name + "()", scope), scope);
        }
        if (name.equals("null")) {
            throw JinjaFault.syntax("there is no \"null\" in Jinja")
                    .hint("Write none.")
                    .about(name);
        }
        return name.equals("none") || name.equals("None") ? scope -> null : scope -> JinjaScope.find(name, scope);
    }

    private JinjaNode index(JinjaNode base) {
        JinjaNode from = parser.image().equals(":") ? null : parser.inner();
        if (parser.take(":")) {
            JinjaNode to = parser.image().equals("]") ? null : parser.inner();
            parser.expect("]");
            return scope -> JinjaMembers.slice(
                    base.value(scope), from == null ? null : from.value(scope), to == null ? null : to.value(scope));
        }
        parser.expect("]");
        if (from == null) {
            throw parser.unexpected();
        }
        return scope -> JinjaMembers.item(base.value(scope), from.value(scope));
    }

    private JinjaNode literal() {
        return switch (parser.symbol()) {
            case STRING -> constant(string());
            case TRUE -> constant(parser.next().equalsIgnoreCase("true"));
            case FALSE -> constant(!parser.next().equalsIgnoreCase("false"));
            case INTEGER, FLOAT -> constant(number(parser.next()));
            default -> bracket();
        };
    }

    private String string() {
        StringBuilder joined = new StringBuilder();
        while (parser.symbol() == Symbol.STRING) {
            joined.append(parser.next());
        }
        return joined.toString();
    }

    private JinjaNode bracket() {
        if (parser.take("[")) {
            return list("]", new ArrayList<>());
        }
        if (parser.take("{")) {
            return map();
        }
        parser.expect("(");
        if (parser.take(")")) {
            return scope -> new ArrayList<>();
        }
        JinjaNode first = parser.inner();
        if (parser.take(")")) {
            return first;
        }
        parser.expect(",");
        return list(")", new ArrayList<>(List.of(first)));
    }

    private JinjaNode list(String end, List<JinjaNode> elements) {
        while (!parser.take(end)) {
            elements.add(parser.inner());
            if (!parser.image().equals(end)) {
                parser.expect(",");
            }
        }
        return scope -> {
            List<Object> values = new ArrayList<>();
            elements.forEach(element -> values.add(element.value(scope)));
            return values;
        };
    }

    private JinjaNode map() {
        Map<JinjaNode, JinjaNode> entries = new LinkedHashMap<>();
        while (!parser.take("}")) {
            JinjaNode key = parser.inner();
            parser.expect(":");
            entries.put(key, parser.inner());
            if (!parser.image().equals("}")) {
                parser.expect(",");
            }
        }
        return scope -> {
            Map<Object, Object> values = new LinkedHashMap<>();
            entries.forEach((key, value) -> values.put(StrictUndefined.refuse(key.value(scope)), value.value(scope)));
            return values;
        };
    }

    private static Object number(String image) {
        try {
            return image.matches("[0-9]+")
                    ? (Object) Long.valueOf(image)
                    : Double.valueOf(new BigDecimal(image).toString());
        } catch (NumberFormatException e) {
            throw JinjaFault.syntax("not a number: " + image).about(image);
        }
    }

    private static JinjaNode constant(Object value) {
        return scope -> value;
    }

    private String refuse() {
        throw parser.unexpected();
    }
}
