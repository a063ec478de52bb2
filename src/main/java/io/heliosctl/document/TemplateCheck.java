package io.heliosctl.document;

import io.heliosctl.model.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what is wrong with a template without a context: characters, delimiters, tags, expressions, filters,
/// tests.
final class TemplateCheck {

    static final Set<String> TAGS =
            Set.of("if", "elif", "else", "for", "break", "continue", "set", "do", "macro", "call", "raw");

    private static final Set<String> PAIRED = Set.of("if", "for", "macro", "call", "raw");
    private static final String ALONE = "A template is one file here: write it out, or use a macro.";
    private static final Map<String, String> ABSENT = Map.of(
            "include", ALONE,
            "import", ALONE,
            "from", ALONE,
            "extends", ALONE,
            "block", ALONE,
            "with", "Use set.",
            "filter", "Use a set block: {% set x | upper %}...{% endset %}.",
            "autoescape", "Nothing is escaped here; use a quoting filter such as sql or sh.");

    private final TemplatePlaces places;
    private final List<Problem> problems = new ArrayList<>();
    private final Deque<TemplateToken> open = new ArrayDeque<>();
    private final Set<TemplateToken> withElse = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();

    private TemplateCheck(TemplatePlaces places) {
        this.places = places;
    }

    static List<Problem> of(TemplateSource source, TemplateScan scan) {
        TemplateCheck check = new TemplateCheck(new TemplatePlaces(source, scan.tokens()));
        check.characters(source.text());
        scan.tokens().forEach(check::token);
        scan.problem().ifPresent(problem -> check.problems.add(problem.at(check.places.at(scan.problemAt()))));
        if (scan.problem().isEmpty()) {
            check.open.descendingIterator().forEachRemaining(check::unclosed);
        }
        return check.problems;
    }

    private void characters(String text) {
        if (text.startsWith("\uFEFF")) {
            problems.add(Problem.error("template-bytes", "the text begins with a byte order mark")
                    .hint("Remove it, such as by: sed -i '1s/^\\xEF\\xBB\\xBF//' FILE")
                    .at(places.at(0)));
        }
        int carriageReturn = text.indexOf('\r');
        if (carriageReturn >= 0) {
            problems.add(Problem.error("template-bytes", "a line ends in CR LF")
                    .hint("Save it with Unix line ends, such as by: sed -i 's/\\r$//' FILE")
                    .at(places.at(carriageReturn)));
        }
    }

    private void token(TemplateToken token) {
        try {
            switch (token.kind()) {
                case OUTPUT -> output(token);
                case TAG -> tag(token);
                case TEXT, COMMENT -> {}
            }
        } catch (JinjaFault fault) {
            problems.add(places.problem(fault, token));
        }
    }

    private static void output(TemplateToken token) {
        if (token.content().isBlank()) {
            throw JinjaFault.syntax("there is nothing between {{ and }}");
        }
        JinjaParser.parse(token.content());
    }

    private void tag(TemplateToken token) {
        String name = token.tag();
        if (name.startsWith("end")) {
            end(token, name.substring(3));
            return;
        }
        if (!TAGS.contains(name)) {
            unknown.add(name);
            throw unknown(name);
        }
        inside(name);
        boolean block =
                PAIRED.contains(name) || (name.equals("set") && !token.header().contains("="));
        if (block) {
            open.push(token);
        }
        TemplateHeader.check(name, token.header());
    }

    private static JinjaFault unknown(String name) {
        JinjaFault fault = JinjaFault.unknown("template-tag", "no tag named \"" + name + "\"", name, TAGS);
        return ABSENT.containsKey(name)
                ? JinjaFault.of("template-tag", "the tag \"" + name + "\" is not offered")
                        .hint(ABSENT.get(name))
                        .about(name)
                : fault;
    }

    private void inside(String name) {
        boolean branch = name.equals("elif") || name.equals("else");
        String parent = open.isEmpty() ? "" : open.peek().tag();
        if (branch && !parent.equals("if") && !(name.equals("else") && parent.equals("for"))) {
            throw JinjaFault.syntax("\"" + name + "\" stands in no \"if\"").about(name);
        }
        if (branch && withElse.contains(open.peek())) {
            throw JinjaFault.syntax("\"" + name + "\" follows an \"else\"").about(name);
        }
        if (name.equals("else")) {
            withElse.add(open.peek());
        }
        if ((name.equals("break") || name.equals("continue"))
                && open.stream().noneMatch(tag -> tag.tag().equals("for"))) {
            throw JinjaFault.syntax("\"" + name + "\" stands in no \"for\"").about(name);
        }
    }

    // What stands open inside of the tag that is closed is what was forgotten.
    private void end(TemplateToken token, String name) {
        if (open.stream().noneMatch(tag -> tag.tag().equals(name))) {
            if (!unknown.contains(name)) {
                throw JinjaFault.syntax("\"" + token.tag() + "\" closes nothing")
                        .about(token.tag());
            }
            return;
        }
        while (!open.peek().tag().equals(name)) {
            unclosed(open.pop());
        }
        open.pop();
    }

    private void unclosed(TemplateToken token) {
        JinjaFault fault = JinjaFault.syntax("\"" + token.tag() + "\" is not closed")
                .hint("Write {% end" + token.tag() + " %}.")
                .about(token.tag());
        problems.add(places.problem(fault, token));
    }
}
