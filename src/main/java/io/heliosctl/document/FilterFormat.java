package io.heliosctl.document;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python's `%` formatting of text: `%s %r %d %i %x %o %f %e %g %%` with flags, width and precision.
final class FilterFormat {

    private static final Pattern DIRECTIVE = Pattern.compile("%([-+ 0#]*)([0-9]*)(\\.[0-9]+)?(.|$)", Pattern.DOTALL);

    private FilterFormat() {}

    static String format(String pattern, List<Object> values) {
        Iterator<Object> rest = values.iterator();
        String text = DIRECTIVE.matcher(pattern).replaceAll(match -> Matcher.quoteReplacement(one(match, rest)));
        if (rest.hasNext()) {
            throw JinjaFault.type("more values than the format has places for");
        }
        return text;
    }

    private static String one(MatchResult directive, Iterator<Object> rest) {
        String kind = directive.group(4);
        if (kind.equals("%")) {
            return "%";
        }
        if ("srdixofeg".indexOf(kind) < 0 || kind.isEmpty()) {
            throw JinjaFault.type("\"" + directive.group() + "\" is not a format");
        }
        if (!rest.hasNext()) {
            throw JinjaFault.type("fewer values than the format has places for");
        }
        Object value = rest.next();
        String size = directive.group(2);
        String flags = directive.group(1);
        String precision = directive.group(3) == null ? "" : directive.group(3);
        JinjaNumbers.times(
                1, size.isEmpty() ? 0 : Integer.parseInt("0" + size.substring(0, Math.min(8, size.length()))));
        String java = "%" + (size.isEmpty() ? flags.replaceAll("[-0]", "") : flags) + size;
        return switch (kind) {
            case "s" ->
                String.format(
                        Locale.ROOT, java.replaceAll("[0+ #]+(?=[1-9]|$)", "") + precision + "s", JinjaText.of(value));
            case "r" ->
                String.format(
                        Locale.ROOT,
                        java.replaceAll("[0+ #]+(?=[1-9]|$)", "") + precision + "s",
                        JinjaText.written(value));
            case "d", "i" -> String.format(Locale.ROOT, java + "d", whole(value));
            case "x", "o" -> String.format(Locale.ROOT, java + kind, whole(value));
            default -> String.format(Locale.ROOT, java + precision + kind, decimal(value));
        };
    }

    private static long whole(Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number.longValue();
            case Boolean flag -> flag ? 1 : 0;
            case null, default -> throw JinjaFault.type("%d needs a number, not " + JinjaText.kind(value));
        };
    }

    private static double decimal(Object value) {
        return value instanceof Double number ? number : whole(value);
    }
}
