package io.heliosctl.document;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands behind a tag's name.
final class TemplateHeader {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
    private static final Pattern FOR =
            Pattern.compile("\\(?\\s*(" + NAME + "(?:\\s*,\\s*" + NAME + ")*)\\s*\\)?\\s+in\\s(.+)", Pattern.DOTALL);
    private static final Pattern SET = Pattern.compile(
            "(" + NAME + "(?:\\." + NAME + "|(?:\\s*,\\s*" + NAME + ")*))\\s*=(?!=)(.+)", Pattern.DOTALL);
    private static final Pattern MACRO = Pattern.compile(NAME + "\\s*\\((.*)\\)", Pattern.DOTALL);

    private TemplateHeader() {}

    static void check(String tag, String header) {
        switch (tag) {
            case "if", "elif", "do", "call" -> {
                if (header.isBlank()) {
                    throw JinjaFault.syntax("\"" + tag + "\" needs an expression")
                            .about(tag);
                }
                JinjaParser.parse(header);
            }
            case "for" -> Loop.of(header);
            case "set" -> set(header);
            case "macro" -> macro(header);
            default -> {
                if (!header.isEmpty()) {
                    throw JinjaFault.syntax("nothing may follow \"" + tag + "\"")
                            .about(header);
                }
            }
        }
    }

    private static void set(String header) {
        if (!header.contains("=")) {
            JinjaParser.parse(header);
            return;
        }
        Matcher matcher = SET.matcher(header);
        if (!matcher.matches()) {
            throw JinjaFault.syntax("\"set\" needs a name, = and an expression").about("set");
        }
        JinjaParser.parse("[" + matcher.group(2) + "]");
    }

    private static void macro(String header) {
        Matcher matcher = MACRO.matcher(header);
        if (!matcher.matches()) {
            throw JinjaFault.syntax("\"macro\" needs a name and brackets").about("macro");
        }
        if (!matcher.group(1).isBlank()) {
            JinjaParser.parse(
                    "dict(" + matcher.group(1).replaceAll("(^|,)\\s*(" + NAME + ")\\s*(?=,|$)", "$1$2=none") + ")");
        }
    }

    /// The header of a `for`.
    ///
    /// @param expression what is gone through
    /// @param condition which elements count; always present, `true` where none is written
    record Loop(List<String> names, JinjaNode expression, JinjaNode condition) {

        static Loop of(String header) {
            Matcher matcher = FOR.matcher(header);
            if (!matcher.matches()) {
                throw JinjaFault.syntax("\"for\" needs names, \"in\" and a list")
                        .about("for");
            }
            List<String> names = List.of(matcher.group(1).strip().split("\\s*,\\s*", -1));
            JinjaNode node = JinjaParser.parse(matcher.group(2));
            return node instanceof JinjaChoice choice && choice.no().isEmpty()
                    ? new Loop(names, choice.yes(), choice.condition())
                    : new Loop(names, node, scope -> true);
        }
    }
}
