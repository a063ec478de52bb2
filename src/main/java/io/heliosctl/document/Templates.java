package io.heliosctl.document;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Strict Jinja templates and conditions: an undefined name is always an error, data is never run as a
/// template.
///
/// A context holds maps with text keys, lists, text, numbers, booleans and null, and is copied before use;
/// anything else in it is an [IllegalArgumentException]. `docs/templates.md` tells what the language is.
public final class Templates {

    private Templates() {}

    /// What the template makes of the context.
    ///
    /// @throws InvalidDocumentException if the template is wrong or names something that the context has not
    public static String render(TemplateSource source, Map<String, Object> context) {
        TemplateScan scan = TemplateScan.of(source.text());
        List<Problem> problems = TemplateCheck.of(source, scan);
        if (!problems.isEmpty()) {
            throw new InvalidDocumentException(problems);
        }
        return JinjaEngine.render(scan, new TemplatePlaces(source, scan.tokens()), StrictValues.copy(context));
    }

    /// Whether a bare expression (no braces) holds. It must be a boolean, not something true-like.
    ///
    /// @param at where the expression stands
    /// @throws InvalidDocumentException if the expression is wrong or not a boolean
    public static boolean condition(String expression, Place at, Map<String, Object> context) {
        Object value = evaluate(expression, at, context);
        if (value instanceof Boolean holds) {
            return holds;
        }
        throw new InvalidDocumentException(Problem.error("template-condition", "this must be true or false")
                .detail("It is " + JinjaText.kind(value) + ".")
                .hint("Write a comparison such as " + expression.strip() + " == ...")
                .at(at));
    }

    /// The value of a bare expression (no braces): a map, list, text, number, boolean or null.
    ///
    /// @throws InvalidDocumentException if the expression is wrong
    public static Object evaluate(String expression, Place at, Map<String, Object> context) {
        List<Problem> problems = checkCondition(expression, at);
        if (!problems.isEmpty()) {
            throw new InvalidDocumentException(problems);
        }
        Map<String, Object> values = StrictValues.copy(context);
        try {
            return JinjaEngine.evaluate(JinjaParser.parse(expression), values);
        } catch (JinjaFault fault) {
            throw new InvalidDocumentException(fault.problem().at(place(expression, fault, at)));
        }
    }

    /// What is wrong with a template that can be seen without a context; empty if nothing is.
    public static List<Problem> check(TemplateSource source) {
        return TemplateCheck.of(source, TemplateScan.of(source.text()));
    }

    /// What is wrong with a bare expression that can be seen without a context; empty if nothing is.
    public static List<Problem> checkCondition(String expression, Place at) {
        if (expression.contains("{{") || expression.contains("{%")) {
            return List.of(Problem.error("template-condition", "this is an expression already and takes no braces")
                    .hint("Write: " + expression.replaceAll("\\{\\{\\s*|\\s*}}", ""))
                    .at(at));
        }
        if (expression.isBlank()) {
            return List.of(Problem.error("template-condition", "there is no expression")
                    .at(at));
        }
        try {
            JinjaParser.parse(expression);
            return List.of();
        } catch (JinjaFault fault) {
            return List.of(fault.problem().at(place(expression, fault, at)));
        }
    }

    /// A problem for each `{{ }}` that does not end in one of the given filters, for texts that become SQL or
    /// shell.
    public static List<Problem> requireFilter(TemplateSource source, Set<String> filters) {
        TemplateScan scan = TemplateScan.of(source.text());
        TemplatePlaces places = new TemplatePlaces(source, scan.tokens());
        return scan.tokens().stream()
                .filter(token -> token.kind() == TemplateToken.Kind.OUTPUT)
                .flatMap(token -> unfiltered(token, filters, places))
                .toList();
    }

    private static Stream<Problem> unfiltered(TemplateToken token, Set<String> filters, TemplatePlaces places) {
        try {
            if (endsIn(JinjaParser.parse(token.content()), filters)) {
                return Stream.empty();
            }
        } catch (JinjaFault fault) {
            return Stream.of(places.problem(fault, token));
        }
        String filter = filters.stream().min(String::compareTo).orElseThrow();
        JinjaFault fault = JinjaFault.of("template-unquoted", "this value would go in unquoted")
                .hint("Write {{ " + token.content().strip() + " | " + filter + " }}.");
        return Stream.of(places.problem(fault, token));
    }

    private static boolean endsIn(JinjaNode node, Set<String> filters) {
        return switch (node) {
            case JinjaFiltered filtered -> filters.contains(filtered.name());
            case JinjaChoice choice ->
                endsIn(choice.yes(), filters)
                        && choice.no().map(no -> endsIn(no, filters)).orElse(true);
            default -> false;
        };
    }

    private static Place place(String expression, JinjaFault fault, Place at) {
        int offset = TemplatePlaces.wordOffset(expression, fault);
        int start = at.source()
                .indexOf(
                        expression,
                        Math.max(0, Math.min(at.column() - 1, at.source().length())));
        return start < 0 ? at : new Place(at.file(), at.line(), start + offset + 1, at.source());
    }
}
