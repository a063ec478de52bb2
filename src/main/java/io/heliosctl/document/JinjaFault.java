package io.heliosctl.document;

import io.heliosctl.model.Problem;
import java.util.Collection;

/// What is wrong inside an expression. It becomes a problem with a place where the template's text is known.
final class JinjaFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int MOST_NAMES = 16;

    private final transient Problem problem;
    private final String word;
    private String expression = "";
    private int line;

    private JinjaFault(Problem problem, String word) {
        super(problem.message());
        this.problem = problem;
        this.word = word;
    }

    static JinjaFault of(String code, String message) {
        return new JinjaFault(Problem.error(code, message), "");
    }

    /// A name nobody knows, with the known one that looks most like it.
    static JinjaFault unknown(String code, String message, String word, Collection<String> known) {
        String question = Spelling.question(word, known);
        String detail = question.isEmpty() && !known.isEmpty() && known.size() <= MOST_NAMES
                ? "Known here: " + String.join(", ", known) + "."
                : "";
        return new JinjaFault(Problem.error(code, message).detail(detail).hint(question), word);
    }

    static JinjaFault type(String message) {
        return of("template-type", message);
    }

    static JinjaFault syntax(String message) {
        return of("template-syntax", message);
    }

    /// The same fault, with the word of the expression it is about.
    JinjaFault about(String where) {
        JinjaFault fault = new JinjaFault(problem, where);
        fault.in(expression, line);
        return fault;
    }

    JinjaFault hint(String text) {
        return new JinjaFault(problem.hint(text), word);
    }

    JinjaFault detail(String text) {
        return new JinjaFault(problem.detail(text), word);
    }

    /// Notes the innermost expression that failed and the line Jinjava says it ends on.
    JinjaFault in(String failed, int on) {
        if (expression.isEmpty()) {
            expression = failed;
            line = on;
        }
        return this;
    }

    Problem problem() {
        return problem;
    }

    String word() {
        return word;
    }

    String expression() {
        return expression;
    }

    int line() {
        return line;
    }
}
