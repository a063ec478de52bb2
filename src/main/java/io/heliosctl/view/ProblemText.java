package io.heliosctl.view;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Problems in PostgreSQL's manner: message, detail, hint; with the line of the file where there is one.
public final class ProblemText {

    private ProblemText() {}

    /// Several problems, each beginning on a line of its own; ends with a line feed.
    public static String of(List<Problem> problems, Style style) {
        return problems.stream().map(problem -> of(problem, style)).collect(Collectors.joining());
    }

    /// One problem; ends with a line feed.
    public static String of(Problem problem, Style style) {
        var kind = problem.isError() ? "error[" + problem.code() + "]:" : "warning[" + problem.code() + "]:";
        var where = problem.place().map(place -> place + ": ").orElse("");
        var head = Paragraph.of(where + kind + " " + Printable.of(problem.message()), style.columns(), 4);
        var text = new StringBuilder(head.replaceFirst(
                        Pattern.quote(kind), Matcher.quoteReplacement(coloured(problem, kind, style))))
                .append('\n');
        problem.place().ifPresent(place -> text.append(source(place)));
        line(text, "detail: ", problem.detail(), style);
        line(text, "hint: ", problem.hint(), style);
        return text.toString();
    }

    private static String coloured(Problem problem, String kind, Style style) {
        return problem.isError() ? style.bad(kind) : style.warning(kind);
    }

    private static String source(Place place) {
        if (place.source().isBlank()) {
            return "";
        }
        var number = Integer.toString(place.line());
        var margin = " ".repeat(number.length());
        var caret = " ".repeat(Math.max(0, place.column() - 1)) + "^";
        return "  %s | %s\n  %s | %s\n".formatted(number, Printable.of(place.source()), margin, caret);
    }

    /// A text of several lines is a piece of a file, such as a diff or a log: its lines are not broken.
    private static void line(StringBuilder text, String label, String value, Style style) {
        if (value.isEmpty()) {
            return;
        }
        var lines = value.lines().map(Printable::of).toList();
        var columns = lines.size() == 1 ? style.columns() : Style.ENDLESS;
        text.append(Paragraph.of("  " + label + lines.getFirst(), columns, 4)).append('\n');
        lines.stream().skip(1).forEach(line -> text.append("    ").append(line).append('\n'));
    }
}
