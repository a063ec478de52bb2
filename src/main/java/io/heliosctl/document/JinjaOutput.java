package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.expression.ExpressionStrategy;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;

/// Prints `{{ value }}` as Python does. Jinjava's would run a value that holds braces, and unquote one that is
/// quoted.
final class JinjaOutput implements ExpressionStrategy {

    private static final long serialVersionUID = 1;

    @Override
    public RenderedOutputNode interpretOutput(ExpressionToken token, JinjavaInterpreter interpreter) {
        try {
            Object value = JinjaParser.parse(token.getExpr()).value(interpreter);
            return new RenderedOutputNode(JinjaText.of(value));
        } catch (JinjaFault fault) {
            return new RenderedOutputNode(
                    JinjaErrors.add(interpreter, fault.in(token.getExpr(), token.getLineNumber())));
        }
    }
}
