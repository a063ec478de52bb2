package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.ArrayList;
import java.util.List;

/// Python's `for`: with `if`, with `else`, a scope per element, and no silent unpacking. Jinjava's renders the
/// text behind `else` for every element (jinjava#1061) and knows no `if`.
final class JinjaForTag implements Tag {

    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
        return "for";
    }

    @Override
    public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
        try {
            TemplateHeader.Loop header = TemplateHeader.Loop.of(tag.getHelpers().strip());
            List<Object> elements = elements(header, interpreter);
            List<Node> body = new ArrayList<>(tag.getChildren());
            List<Node> otherwise = JinjaIfTag.cutAtElse(body);
            return elements.isEmpty()
                    ? JinjaIfTag.render(otherwise, interpreter)
                    : all(header, elements, body, interpreter);
        } catch (JinjaFault fault) {
            return JinjaErrors.add(interpreter, fault.in(tag.getHelpers(), tag.getLineNumber()));
        }
    }

    private static List<Object> elements(TemplateHeader.Loop header, JinjavaInterpreter interpreter) {
        List<Object> kept = new ArrayList<>();
        for (Object element : FilterLists.elements(header.expression().value(interpreter))) {
            interpreter.enterScope();
            try {
                bind(header.names(), element, interpreter);
                if (JinjaOperators.truth(header.condition().value(interpreter))) {
                    kept.add(element);
                }
            } finally {
                interpreter.leaveScope();
            }
        }
        return kept;
    }

    private static String all(
            TemplateHeader.Loop header, List<Object> elements, List<Node> body, JinjavaInterpreter interpreter) {
        Object outer = interpreter.getContext().get("loop");
        JinjaLoop loop = new JinjaLoop(elements, outer instanceof JinjaLoop parent ? parent.depth() + 1 : 0);
        StringBuilder text = new StringBuilder();
        while (loop.hasNext()) {
            interpreter.enterScope();
            try {
                interpreter.getContext().put("loop", loop);
                bind(header.names(), loop.next(), interpreter);
                text.append(JinjaIfTag.render(body, interpreter));
            } finally {
                interpreter.leaveScope();
            }
            JinjaNumbers.times(1, text.length());
        }
        return text.toString();
    }

    private static void bind(List<String> names, Object element, JinjavaInterpreter interpreter) {
        if (names.size() == 1) {
            interpreter.getContext().put(names.getFirst(), element);
            return;
        }
        if (!(StrictUndefined.refuse(element) instanceof List<?> parts) || parts.size() != names.size()) {
            throw JinjaFault.type("cannot unpack " + JinjaText.written(element) + " into " + String.join(", ", names))
                    .about(names.getFirst());
        }
        for (int i = 0; i < parts.size(); i++) {
            interpreter.getContext().put(names.get(i), parts.get(i));
        }
    }
}
