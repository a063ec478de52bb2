package io.heliosctl.runbook;

import io.heliosctl.model.Problem;

/// What to do about a problem in a template or condition that does not say so itself.
final class Hints {

    private Hints() {}

    static Problem filledIn(Problem problem) {
        return problem.hint().isEmpty() ? problem.hint(hint(problem.code())) : problem;
    }

    private static String hint(String code) {
        return switch (code) {
            case "template-undefined" ->
                "Names come from \"params\" and \"cast\", from the cluster, and from \"register\" of an earlier step.";
            case "template-condition" -> "Write a comparison such as params.to != null, or delete the line.";
            default -> "docs/templates.md tells what an expression may be.";
        };
    }
}
