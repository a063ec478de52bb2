package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ForLoop;
import java.util.ArrayList;
import java.util.List;

/// Python's `if`. To Jinjava's the text `false` is false.
final class JinjaIfTag implements Tag {

    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
        return "if";
    }

    @Override
    public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
        List<Node> branch = new ArrayList<>();
        boolean taken = holds(tag, interpreter);
        boolean decided = taken;
        for (Node child : tag.getChildren()) {
            String name = child instanceof TagNode inner ? inner.getName() : "";
            if (name.equals("elif")) {
                taken = !decided && holds((TagNode) child, interpreter);
                decided |= taken;
            } else if (name.equals("else")) {
                taken = !decided;
            } else if (taken) {
                branch.add(child);
            }
        }
        return render(branch, interpreter);
    }

    private static boolean holds(TagNode tag, JinjavaInterpreter interpreter) {
        try {
            return JinjaOperators.truth(JinjaParser.parse(tag.getHelpers()).value(interpreter));
        } catch (JinjaFault fault) {
            JinjaErrors.add(interpreter, fault.in(tag.getHelpers(), tag.getLineNumber()));
            return false;
        }
    }

    /// Renders nodes up to a `break` or `continue`.
    static String render(List<Node> nodes, JinjavaInterpreter interpreter) {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            text.append(node.render(interpreter).getValue());
            if (interpreter.getContext().get("loop") instanceof ForLoop loop && loop.isContinued()) {
                break;
            }
        }
        return text.toString();
    }

    /// Takes what follows the `else` out of the nodes and gives it back.
    static List<Node> cutAtElse(List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof TagNode tag && tag.getName().equals("else")) {
                List<Node> rest = new ArrayList<>(nodes.subList(i + 1, nodes.size()));
                nodes.subList(i, nodes.size()).clear();
                return rest;
            }
        }
        return List.of();
    }
}
