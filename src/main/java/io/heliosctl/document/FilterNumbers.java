package io.heliosctl.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Jinja2's filters that make or take numbers, and Ansible's `bool`.
final class FilterNumbers {

    static final Map<String, JinjaFilter> ALL = Map.of(
            "int",
            FilterNumbers::whole,
            "float",
            (input, arguments) -> decimal(input, arguments.next("default", 0.0)),
            "round",
            FilterNumbers::round,
            "abs",
            (input, arguments) -> JinjaOperators.compare(input, 0L) < 0 ? JinjaNumbers.negate(input) : input,
            "bool",
            (input, arguments) -> bool(input),
            "filesizeformat",
            FilterNumbers::fileSize);

    private static final Set<String> TRUE = Set.of("true", "yes", "on", "1", "t", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "0", "f", "n", "");
    private static final List<String> BINARY = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final List<String> DECIMAL = List.of("kB", "MB", "GB", "TB", "PB", "EB");

    private FilterNumbers() {}

    private static Object whole(Object input, JinjaArguments arguments) {
        Object fallback = arguments.next("default", 0L);
        int base = (int) arguments.number("base", 10);
        return switch (input) {
            case Long number -> number;
            case Double number -> number.longValue();
            case Boolean flag -> flag ? 1L : 0L;
            case String text -> whole(text.strip(), base, fallback);
            case null, default -> fallback;
        };
    }

    private static Object whole(String text, int base, Object fallback) {
        try {
            return Long.parseLong(text, base);
        } catch (NumberFormatException e) {
            return isDecimal(text) && base == 10 ? (Object) (long) Double.parseDouble(text) : fallback;
        }
    }

    private static Object decimal(Object input, Object fallback) {
        return switch (input) {
            case Number number -> number.doubleValue();
            case Boolean flag -> flag ? 1.0 : 0.0;
            case String text when isDecimal(text.strip()) -> Double.parseDouble(text.strip());
            case null, default -> fallback;
        };
    }

    private static boolean isDecimal(String text) {
        return text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    }

    // Python rounds the exact value of the binary number, halves to even.
    private static Object round(Object input, JinjaArguments arguments) {
        int digits = (int) arguments.number("precision", 0);
        RoundingMode mode = switch (arguments.text("method", "common")) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            case "common" -> RoundingMode.HALF_EVEN;
            default -> throw JinjaFault.type("round: \"method\" must be common, ceil or floor");
        };
        if (!(input instanceof Number number)) {
            throw JinjaFault.type("this must be a number, not " + JinjaText.kind(input));
        }
        BigDecimal rounded = new BigDecimal(number.doubleValue()).setScale(digits, mode);
        return input instanceof Long && mode == RoundingMode.HALF_EVEN
                ? (Object) rounded.longValue()
                : (Object) rounded.doubleValue();
    }

    static boolean bool(Object input) {
        return switch (input) {
            case Boolean flag -> flag;
            case Number number -> bool(number.toString());
            case String text when TRUE.contains(text.toLowerCase(Locale.ROOT)) -> true;
            case String text when FALSE.contains(text.toLowerCase(Locale.ROOT)) -> false;
            case null -> false;
            default -> throw JinjaFault.type("this is neither true nor false: " + JinjaText.written(input));
        };
    }

    private static Object fileSize(Object input, JinjaArguments arguments) {
        boolean binary = arguments.flag("binary", false);
        if (!(decimal(input, null) instanceof Double number)) {
            throw JinjaFault.type("this must be a number, not " + JinjaText.kind(input));
        }
        double bytes = number;
        int base = binary ? 1024 : 1000;
        if (bytes < base) {
            return bytes == 1 ? "1 Byte" : (long) bytes + " Bytes";
        }
        int unit = -1;
        while (bytes >= base && unit < BINARY.size() - 1) {
            bytes /= base;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", bytes, (binary ? BINARY : DECIMAL).get(unit));
    }
}
