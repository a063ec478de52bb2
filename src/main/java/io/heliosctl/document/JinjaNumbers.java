package io.heliosctl.document;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/// Python's arithmetic on whole numbers (64 bits here) and decimals.
final class JinjaNumbers {

    /// No text or list made by a template may be longer.
    static final int LONGEST = 1 << 20;

    private JinjaNumbers() {}

    static Object calculate(
            String operator, Object left, Object right, LongBinaryOperator whole, DoubleBinaryOperator decimal) {
        StrictUndefined.refuse(left);
        StrictUndefined.refuse(right);
        if (!(left instanceof Number one) || !(right instanceof Number other)) {
            throw JinjaFault.type(
                    "cannot use " + operator + " on " + JinjaText.kind(left) + " and " + JinjaText.kind(right));
        }
        try {
            if (one instanceof Long a && other instanceof Long b) {
                return whole.applyAsLong(a, b);
            }
            return decimal.applyAsDouble(one.doubleValue(), other.doubleValue());
        } catch (ArithmeticException e) {
            throw JinjaFault.type("cannot calculate " + left + " " + operator + " " + right);
        }
    }

    static Object subtract(Object left, Object right) {
        return calculate("-", left, right, Math::subtractExact, (a, b) -> a - b);
    }

    /// True division: always a decimal, as in Python 3.
    static Object divide(Object left, Object right) {
        Object result = calculate("/", left, right, (a, b) -> b == 0 ? Math.floorDiv(a, b) : 0, (a, b) -> a / b);
        return result instanceof Long ? (Object) (((Long) left).doubleValue() / ((Long) right).doubleValue()) : result;
    }

    static Object floorDivide(Object left, Object right) {
        return calculate("//", left, right, Math::floorDiv, (a, b) -> Math.floor(a / b));
    }

    static Object modulo(Object left, Object right) {
        return calculate("%", left, right, Math::floorMod, (a, b) -> a - b * Math.floor(a / b));
    }

    static Object power(Object left, Object right) {
        return calculate("**", left, right, JinjaNumbers::power, Math::pow);
    }

    private static long power(long base, long exponent) {
        if (exponent < 0) {
            throw new ArithmeticException("not whole");
        }
        return Math.powExact(base, exponent > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) exponent);
    }

    static Object negate(Object value) {
        return subtract(0L, value);
    }

    /// How often to repeat something of that length: never negative, never too long a result.
    static int times(long count, int length) {
        if (count > 0 && count > LONGEST / Math.max(1, length)) {
            throw JinjaFault.type("the result is too long");
        }
        return (int) Math.max(0, count);
    }
}
