package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ExpressionFactory;
import jinjava.javax.el.MethodExpression;
import jinjava.javax.el.ValueExpression;

/// Makes Jinjava evaluate every expression by [JinjaParser]; none of JUEL's reaches a Java object.
final class JinjaExpressions extends ExpressionFactory {

    @Override
    public ValueExpression createValueExpression(ELContext context, String expression, Class<?> type) {
        return new Parsed(expression.substring(2, expression.length() - 1));
    }

    @Override
    public ValueExpression createValueExpression(Object instance, Class<?> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MethodExpression createMethodExpression(
            ELContext context, String expression, Class<?> returned, Class<?>[] parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object coerceToType(Object object, Class<?> type) {
        throw new UnsupportedOperationException();
    }

    private static final class Parsed extends ValueExpression {

        private static final long serialVersionUID = 1;

        private final String expression;

        Parsed(String expression) {
            this.expression = expression;
        }

        @Override
        public Object getValue(ELContext context) {
            JinjavaInterpreter interpreter = JinjavaInterpreter.getCurrent();
            int line = interpreter.getLineNumber();
            try {
                return JinjaParser.parse(expression).value(interpreter);
            } catch (JinjaFault fault) {
                throw fault.in(expression, line);
            }
        }

        @Override
        public String getExpressionString() {
            return expression;
        }

        @Override
        public Class<?> getExpectedType() {
            return Object.class;
        }

        @Override
        public Class<?> getType(ELContext context) {
            return Object.class;
        }

        @Override
        public boolean isReadOnly(ELContext context) {
            return true;
        }

        @Override
        public void setValue(ELContext context, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isLiteralText() {
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Parsed parsed && parsed.expression.equals(expression);
        }

        @Override
        public int hashCode() {
            return expression.hashCode();
        }
    }
}
