package io.heliosctl.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Jinja2's filters on text, and Ansible's `split`, `basename` and `dirname`.
final class FilterText {

    static final Map<String, JinjaFilter> ALL = Map.ofEntries(
            Map.entry("lower", (input, arguments) -> JinjaText.of(input).toLowerCase(Locale.ROOT)),
            Map.entry("upper", (input, arguments) -> JinjaText.of(input).toUpperCase(Locale.ROOT)),
            Map.entry("title", (input, arguments) -> title(JinjaText.of(input))),
            Map.entry("capitalize", (input, arguments) -> capitalize(JinjaText.of(input))),
            Map.entry("string", (input, arguments) -> JinjaText.of(input)),
            Map.entry(
                    "trim",
                    (input, arguments) -> strip(JinjaText.of(input), arguments.next("chars", null), true, true)),
            Map.entry("replace", FilterText::replace),
            Map.entry("indent", FilterText::indent),
            Map.entry("truncate", FilterText::truncate),
            Map.entry("wordwrap", FilterText::wordwrap),
            Map.entry("format", (input, arguments) -> FilterFormat.format(text(input), arguments.rest())),
            Map.entry(
                    "join",
                    (input, arguments) ->
                            join(input, JinjaText.of(arguments.next("d", "")), arguments.next("attribute", null))),
            Map.entry(
                    "split",
                    (input, arguments) ->
                            split(text(input), arguments.next("sep", null), arguments.number("maxsplit", -1))),
            Map.entry(
                    "basename",
                    (input, arguments) -> text(input).substring(text(input).lastIndexOf('/') + 1)),
            Map.entry("dirname", (input, arguments) -> dirname(text(input))));

    private static final Pattern WORD_START = Pattern.compile("(^|[-\\s({\\[<])([^-\\s({\\[<]+)");

    private FilterText() {}

    static String text(Object input) {
        if (input instanceof String text) {
            return text;
        }
        throw JinjaFault.type("this must be text, not " + JinjaText.kind(input));
    }

    static String title(String text) {
        return WORD_START
                .matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(word.group(1) + capitalize(word.group(2))));
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    /// Python's `strip`: the characters given, or white space.
    static String strip(String text, Object characters, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && strippable(text.charAt(from), characters)) {
            from++;
        }
        while (right && to > from && strippable(text.charAt(to - 1), characters)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean strippable(char c, Object characters) {
        return characters == null ? Character.isWhitespace(c) : text(characters).indexOf(c) >= 0;
    }

    /// Python's `split`: at the separator, or at runs of white space.
    static List<Object> split(String text, Object separator, long most) {
        int limit = most < 0 ? -1 : (int) Math.min(most, Integer.MAX_VALUE - 1) + 1;
        if (separator == null) {
            String stripped = text.strip();
            return stripped.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(stripped.split("\\s+", limit)));
        }
        if (text(separator).isEmpty()) {
            throw JinjaFault.type("cannot split at nothing");
        }
        return new ArrayList<>(List.of(text.split(Pattern.quote(text(separator)), limit)));
    }

    static String join(Object list, String separator, Object attribute) {
        StringJoiner joined = new StringJoiner(separator);
        for (Object element : FilterLists.elements(list)) {
            joined.add(JinjaText.of(FilterSelection.attribute(element, attribute)));
            JinjaNumbers.times(1, joined.length());
        }
        return joined.toString();
    }

    private static String replace(Object input, JinjaArguments arguments) {
        String text = JinjaText.of(input);
        String old = JinjaText.of(arguments.required("old"));
        String fresh = JinjaText.of(arguments.required("new"));
        Object count = arguments.next("count", null);
        if (!(count instanceof Long most) || most < 0) {
            return text.replace(old, fresh);
        }
        for (long i = 0; i < most && text.contains(old); i++) {
            text = text.replaceFirst(Pattern.quote(old), "\0");
        }
        return text.replace("\0", fresh);
    }

    private static String indent(Object input, JinjaArguments arguments) {
        Object width = arguments.next("width", 4L);
        String margin = width instanceof Long count ? " ".repeat(JinjaNumbers.times(count, 1)) : text(width);
        boolean first = arguments.flag("first", false);
        boolean blank = arguments.flag("blank", false);
        List<String> lines = List.of(text(input).split("\n", -1));
        StringJoiner joined = new StringJoiner("\n");
        for (int i = 0; i < lines.size(); i++) {
            boolean indented = i == 0 ? first : blank || !lines.get(i).isEmpty();
            joined.add((indented ? margin : "") + lines.get(i));
        }
        return joined.toString();
    }

    private static String truncate(Object input, JinjaArguments arguments) {
        String text = text(input);
        int length = (int) arguments.number("length", 255);
        boolean inWords = arguments.flag("killwords", false);
        String end = arguments.text("end", "...");
        if (text.length() <= length + arguments.number("leeway", 5)) {
            return text;
        }
        String cut = text.substring(0, Math.max(0, length - end.length()));
        int blank = cut.lastIndexOf(' ');
        return (inWords || blank < 0 ? cut : cut.substring(0, blank)) + end;
    }

    private static String wordwrap(Object input, JinjaArguments arguments) {
        int width = Math.clamp(arguments.number("width", 79), 1, JinjaNumbers.LONGEST);
        return text(input).lines().map(line -> wrap(line, width)).collect(Collectors.joining("\n"));
    }

    private static String wrap(String line, int width) {
        StringBuilder wrapped = new StringBuilder();
        int used = 0;
        for (String word : line.strip().split("\\s+", -1)) {
            String rest = word;
            if (used > 0 && (used + 1 + rest.length() <= width || (rest.length() > width && used + 1 < width))) {
                wrapped.append(' ');
                used++;
            } else if (used > 0) {
                wrapped.append('\n');
                used = 0;
            }
            while (used + rest.length() > width) {
                wrapped.append(rest, 0, width - used).append('\n');
                rest = rest.substring(width - used);
                used = 0;
            }
            wrapped.append(rest);
            used += rest.length();
        }
        return wrapped.toString();
    }

    private static String dirname(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
    }
}
