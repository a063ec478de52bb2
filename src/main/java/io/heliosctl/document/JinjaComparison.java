package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.List;

/// `a < b <= c`: as in Python, every neighbour is compared and the first false one decides.
record JinjaComparison(JinjaNode first, List<Link> links) implements JinjaNode {

    /// An operator and what stands to its right.
    record Link(String operator, JinjaNode right) {}

    @Override
    public Object value(JinjavaInterpreter scope) {
        Object left = first.value(scope);
        for (Link link : links) {
            Object right = link.right.value(scope);
            if (!holds(left, link.operator, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    static boolean holds(Object left, String operator, Object right) {
        return switch (operator) {
            case "==" -> JinjaOperators.equal(left, right);
            case "!=" -> !JinjaOperators.equal(left, right);
            case "<" -> JinjaOperators.compare(left, right) < 0;
            case "<=" -> JinjaOperators.compare(left, right) <= 0;
            case ">" -> JinjaOperators.compare(left, right) > 0;
            case ">=" -> JinjaOperators.compare(left, right) >= 0;
            case "in" -> JinjaOperators.contains(right, left);
            case "not in" -> !JinjaOperators.contains(right, left);
            default -> throw new IllegalArgumentException(operator);
        };
    }
}
