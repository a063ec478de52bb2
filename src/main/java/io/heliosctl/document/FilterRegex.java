package io.heliosctl.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Ansible's `regex_search` and `regex_replace`, with Java's regular expressions and Python's `\1` for
/// groups.
final class FilterRegex {

    static final Map<String, JinjaFilter> ALL =
            Map.of("regex_search", FilterRegex::search, "regex_replace", FilterRegex::replace);

    private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\(?:g<([A-Za-z0-9_]+)>|([0-9]))");

    private FilterRegex() {}

    static Pattern pattern(Object text, JinjaArguments arguments) {
        int flags = (flag(arguments, "ignorecase") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                | (flag(arguments, "multiline") ? Pattern.MULTILINE : 0);
        try {
            return Pattern.compile(FilterText.text(text), flags);
        } catch (PatternSyntaxException e) {
            throw JinjaFault.type("not a regular expression: " + e.getDescription());
        }
    }

    private static boolean flag(JinjaArguments arguments, String name) {
        boolean given = arguments.named().containsKey(name);
        return given && JinjaOperators.truth(arguments.next(name, false));
    }

    private static Object search(Object input, JinjaArguments arguments) {
        List<Object> given = arguments.rest();
        if (given.isEmpty()) {
            throw JinjaFault.type("regex_search needs a regular expression");
        }
        Matcher matcher = pattern(given.getFirst(), arguments).matcher(JinjaText.of(input));
        if (!matcher.find()) {
            return null;
        }
        if (given.size() == 1) {
            return matcher.group();
        }
        List<Object> groups = new ArrayList<>();
        given.stream().skip(1).forEach(group -> groups.add(group(matcher, JinjaText.of(group))));
        return groups;
    }

    private static Object replace(Object input, JinjaArguments arguments) {
        Object regex = arguments.required("pattern");
        String replacement = JinjaText.of(arguments.required("replacement"));
        return pattern(regex, arguments)
                .matcher(JinjaText.of(input))
                .replaceAll(match -> Matcher.quoteReplacement(BACK_REFERENCE
                        .matcher(replacement)
                        .replaceAll(reference -> Matcher.quoteReplacement(group(match, reference.group())))));
    }

    private static String group(MatchResult matcher, String reference) {
        Matcher name = BACK_REFERENCE.matcher(reference);
        try {
            if (!name.matches()) {
                throw JinjaFault.type("\"" + reference + "\" is not a group; write \\\\1");
            }
            String word = name.group(1) == null ? name.group(2) : name.group(1);
            String found = word.matches("[0-9]+") ? matcher.group(Integer.parseInt(word)) : matcher.group(word);
            return found == null ? "" : found;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw JinjaFault.type("the regular expression has no group " + reference);
        }
    }
}
