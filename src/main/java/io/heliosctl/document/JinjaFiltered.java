package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.List;
import java.util.Map;

/// `input | filter(arguments)`, and `input is test` beside it.
record JinjaFiltered(JinjaNode input, String name, JinjaFilter filter, JinjaParameters parameters)
        implements JinjaNode {

    @Override
    public Object value(JinjavaInterpreter scope) {
        JinjaArguments arguments = parameters.values(name, scope);
        try {
            Object result = filter.apply(input.value(scope), arguments);
            arguments.end();
            return result;
        } catch (JinjaFault fault) {
            throw fault.word().isEmpty() ? fault.about(name) : fault;
        }
    }

    /// Every filter and test that follows an operand.
    static JinjaNode parse(JinjaParser parser, JinjaNode operand) {
        JinjaNode node = operand;
        while (true) {
            if (parser.take("|")) {
                String name = parser.atName() ? parser.next() : "";
                JinjaFilter filter = FilterNames.find(name);
                node = new JinjaFiltered(node, name, filter, optional(parser));
            } else if (parser.take("is")) {
                node = test(parser, node);
                if (parser.image().equals("is") || parser.image().equals("in")) {
                    throw parser.unexpected().hint("Put brackets around the first test.");
                }
            } else {
                return node;
            }
        }
    }

    private static JinjaNode test(JinjaParser parser, JinjaNode operand) {
        boolean negated = parser.take("not");
        String name = parser.next();
        JinjaTest test = JinjaTests.find(name);
        JinjaParameters parameters = argument(parser);
        return scope -> {
            JinjaArguments arguments = parameters.values("the test " + name, scope);
            boolean holds = test.holds(operand.value(scope), arguments);
            arguments.end();
            return holds != negated;
        };
    }

    /// A test takes its arguments in brackets, or one bare operand: `n is divisibleby 3`.
    private static JinjaParameters argument(JinjaParser parser) {
        boolean bare = switch (parser.symbol()) {
            case IDENTIFIER, STRING, INTEGER, FLOAT, LBRACK, TRUE, FALSE ->
                !parser.image().equals("is");
            default -> false;
        };
        return bare ? new JinjaParameters(List.of(JinjaOperand.parse(parser)), Map.of()) : optional(parser);
    }

    private static JinjaParameters optional(JinjaParser parser) {
        return parser.image().equals("(") ? parser.parameters() : JinjaParameters.NONE;
    }
}
