package io.heliosctl.document;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// Says what the parser could not make sense of, in words that help to mend it.
final class YamlSyntax {

    /// What SnakeYAML's messages contain, and what usually helps; the first that fits counts.
    private static final List<Remedy> REMEDIES = List.of(
            new Remedy(
                    "mapping values are not allowed here",
                    "Text that contains \": \" needs quotes; or the line is indented too far."),
            new Remedy("could not find expected ':'", "A key is followed by a colon and a space."),
            new Remedy("expected <block end>", "Check the indentation of this line and of those above it."),
            new Remedy("that cannot start any token", "Put the text into quotes."),
            new Remedy("<stream end>", "A bracket is opened here and never closed."),
            new Remedy("expected ',' or", "A comma or a closing bracket is missing, or text needs quotes."),
            new Remedy("found unexpected end of stream", "A quote is opened here and never closed."),
            new Remedy("found unknown escape character", "Use single quotes: there a backslash is only a backslash."),
            new Remedy("", "Check quotes, brackets and indentation."));

    private record Remedy(String said, String hint) {}

    private final YamlSource source;
    private final Problems problems;

    YamlSyntax(YamlSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    void report(MarkedYAMLException error) {
        var said = error.getProblem();
        var unclosed = error.getContextMark() != null
                && (said.contains("unexpected end of stream") || said.contains("<stream end>"));
        var mark = unclosed || error.getProblemMark() == null ? error.getContextMark() : error.getProblemMark();
        var place = source.at(mark.getLine(), mark.getColumn());
        if (problems.hasErrorOnLine(place.line())) {
            return;
        }
        if (said.contains("TAB")) {
            problems.add(Problem.error("tab", "YAML does not take a tab here")
                    .hint("Use spaces.")
                    .at(place));
            return;
        }
        var problem = Problem.error(
                "yaml-syntax", "this is not YAML: " + said.lines().findFirst().orElse(""));
        if (place.source().contains("{{")) {
            problem = problem.hint("Put text with {{ }} into quotes.");
        } else {
            problem = problem.hint(hint(said));
        }
        problems.add(problem.detail(beginning(error, place)).at(place));
    }

    /// Where the list, map or quote began that the parser was in, if that is on another line.
    private static String beginning(MarkedYAMLException error, Place place) {
        var began = error.getContextMark();
        return began == null || began.getLine() + 1 == place.line()
                ? ""
                : "What it belongs to begins in line " + (began.getLine() + 1) + ".";
    }

    private static String hint(String said) {
        return REMEDIES.stream()
                .filter(remedy -> said.contains(remedy.said()))
                .map(Remedy::hint)
                .findFirst()
                .orElseThrow();
    }
}
