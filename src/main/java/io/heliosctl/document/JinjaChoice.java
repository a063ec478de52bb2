package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.List;
import java.util.Optional;

/// `yes if condition else no`. Without an `else` it is undefined where the condition is false.
record JinjaChoice(JinjaNode condition, JinjaNode yes, Optional<JinjaNode> no) implements JinjaNode {

    @Override
    public Object value(JinjavaInterpreter scope) {
        if (JinjaOperators.truth(condition.value(scope))) {
            return yes.value(scope);
        }
        return no.isPresent()
                ? no.get().value(scope)
                : new StrictUndefined("this \"if\" has no \"else\" and its condition is false", "if", List.of());
    }
}
