package io.heliosctl.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Python's operators. Nothing is coerced: text never equals a number, `'false'` is true, `'10' > 9` is a
/// fault.
final class JinjaOperators {

    private JinjaOperators() {}

    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case StrictUndefined undefined -> throw undefined.fault();
            case Boolean flag -> flag;
            case Number number -> number.doubleValue() != 0;
            case String text -> !text.isEmpty();
            case Collection<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    static boolean equal(Object left, Object right) {
        StrictUndefined.refuse(left);
        StrictUndefined.refuse(right);
        if (isNumber(left) && isNumber(right)) {
            return exact(left).compareTo(exact(right)) == 0;
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            return one.size() == other.size() && pairwise(one, other);
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            return one.keySet().equals(other.keySet())
                    && one.keySet().stream().allMatch(key -> equal(one.get(key), other.get(key)));
        }
        return left == null ? right == null : left.equals(right);
    }

    private static boolean pairwise(List<?> one, List<?> other) {
        for (int i = 0; i < one.size(); i++) {
            if (!equal(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Negative, zero or positive as the left is less, equal or greater.
    static int compare(Object left, Object right) {
        StrictUndefined.refuse(left);
        StrictUndefined.refuse(right);
        if (isNumber(left) && isNumber(right)) {
            return exact(left).compareTo(exact(right));
        }
        if (left instanceof String one && right instanceof String other) {
            return one.compareTo(other);
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                if (!equal(one.get(i), other.get(i))) {
                    return compare(one.get(i), other.get(i));
                }
            }
            return Integer.compare(one.size(), other.size());
        }
        throw JinjaFault.type("cannot compare " + JinjaText.kind(left) + " with " + JinjaText.kind(right));
    }

    static boolean contains(Object container, Object item) {
        StrictUndefined.refuse(item);
        return switch (container) {
            case String text when item instanceof String part -> text.contains(part);
            case Collection<?> list -> list.stream().anyMatch(element -> equal(element, item));
            case Map<?, ?> map -> map.keySet().stream().anyMatch(key -> equal(key, item));
            case null, default ->
                throw JinjaFault.type("cannot look for " + JinjaText.kind(item) + " in " + JinjaText.kind(container));
        };
    }

    static Object add(Object left, Object right) {
        if (left instanceof String one && right instanceof String other) {
            return one + other;
        }
        if (left instanceof Collection<?> one && right instanceof Collection<?> other) {
            List<Object> both = new ArrayList<>(one);
            both.addAll(other);
            return both;
        }
        return JinjaNumbers.calculate("+", left, right, Math::addExact, Double::sum);
    }

    static Object multiply(Object left, Object right) {
        if (left instanceof Long count && !(right instanceof Number)) {
            return multiply(right, count);
        }
        if (left instanceof String text && right instanceof Long count) {
            return text.repeat(JinjaNumbers.times(count, text.length()));
        }
        if (left instanceof Collection<?> list && right instanceof Long count) {
            List<Object> repeated = new ArrayList<>();
            for (int i = JinjaNumbers.times(count, list.size()); i > 0; i--) {
                repeated.addAll(list);
            }
            return repeated;
        }
        return JinjaNumbers.calculate("*", left, right, Math::multiplyExact, (a, b) -> a * b);
    }

    static String concatenate(Object left, Object right) {
        return JinjaText.of(left) + JinjaText.of(right);
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    private static BigDecimal exact(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? BigDecimal.ONE : BigDecimal.ZERO;
            case Long number -> BigDecimal.valueOf(number);
            default -> BigDecimal.valueOf(((Number) value).doubleValue());
        };
    }
}
