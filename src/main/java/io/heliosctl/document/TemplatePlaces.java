package io.heliosctl.document;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds where in a template a fault is.
final class TemplatePlaces {

    private static final Pattern STRING =
            Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

    private final TemplateSource source;
    private final List<TemplateToken> tokens;

    TemplatePlaces(TemplateSource source, List<TemplateToken> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Place at(int offset) {
        String before =
                source.text().substring(0, Math.min(offset, source.text().length()));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return source.place(line, before.length() - before.lastIndexOf('\n'));
    }

    /// The problem of a fault that a token's expression caused.
    Problem problem(JinjaFault fault, TemplateToken token) {
        return fault.problem().at(at(token.contentStart() + wordOffset(token.content(), fault)));
    }

    /// The problem of a fault that only knows its expression and Jinjava's line.
    Problem problem(JinjaFault fault) {
        return problem(fault, fault.expression(), fault.line());
    }

    Problem problem(JinjaFault fault, String expression, int line) {
        Predicate<TemplateToken> holds =
                token -> squeezed(token.content()).contains(squeezed(expression).replaceAll("^\\[|\\]$", ""));
        Predicate<TemplateToken> whole = token -> squeezed(token.content()).equals(squeezed(expression));
        Predicate<TemplateToken> onLine = token -> token.jinjavaLine() == line;
        return Stream.of(whole.and(onLine), holds.and(onLine), holds, onLine)
                .flatMap(wanted -> code().filter(wanted).limit(1))
                .findFirst()
                .map(token -> problem(fault, token))
                .orElseGet(() -> fault.problem().at(at(0)));
    }

    /// Where in an expression the fault's word stands, outside of strings; 0 if it is not found.
    static int wordOffset(String expression, JinjaFault fault) {
        String masked = STRING.matcher(expression)
                .replaceAll(found -> " ".repeat(found.group().length()));
        String word = Pattern.quote(fault.word());
        String whole = fault.word().matches("\\w+") ? "(?<!\\w)" + word + "(?!\\w)" : word;
        for (String wanted : List.of("(?<=\\.)" + whole, whole)) {
            Matcher found = Pattern.compile(wanted).matcher(masked);
            if (!fault.word().isEmpty() && found.find()) {
                return found.start();
            }
        }
        return Math.max(0, expression.length() - expression.stripLeading().length());
    }

    private Stream<TemplateToken> code() {
        return tokens.stream().filter(token -> token.isTag() || token.kind() == TemplateToken.Kind.OUTPUT);
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
