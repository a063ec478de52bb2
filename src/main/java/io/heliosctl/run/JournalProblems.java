package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Problems as a journal keeps them: the output of a failed command is in the detail, not more of it than
/// helps.
final class JournalProblems {

    /// Characters of one text.
    static final int MOST = 8_000;

    private JournalProblems() {}

    static List<Map<String, Object>> of(List<Problem> problems) {
        return problems.stream().map(JournalProblems::of).toList();
    }

    private static Map<String, Object> of(Problem problem) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("severity", problem.isError() ? "error" : "warning");
        fields.put("code", problem.code());
        fields.put("message", cut(problem.message()));
        fields.put("detail", cut(problem.detail()));
        fields.put("hint", cut(problem.hint()));
        return fields;
    }

    /// The beginning says what was tried and the end what came of it; the middle is what can be missed.
    static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        var half = MOST / 2;
        return text.substring(0, half)
                + "\n[%d characters left out]\n".formatted(text.length() - 2 * half)
                + text.substring(text.length() - half);
    }
}
