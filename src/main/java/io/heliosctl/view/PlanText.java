package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.run.Candidacy;
import io.heliosctl.run.Plan;
import io.heliosctl.run.RehearsedPlan;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Promote;
import io.heliosctl.step.SiteStep;
import io.heliosctl.step.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A plan before it is made: from whom to whom, why him, and in which steps.
public final class PlanText {

    private PlanText() {}

    /// The whole plan; ends with a line feed.
    ///
    /// @param ranking how the candidates compare; may be empty
    public static String of(Plan plan, List<Candidacy> ranking, Style style) {
        var text = new StringBuilder(head(RehearsedPlan.of(plan), ranking, style));
        text.append("Steps\n");
        plan.steps().forEach(step -> text.append(step(step, style)).append('\n'));
        text.append("Then looked at\n");
        plan.verify().forEach(step -> text.append(step(step, style)).append('\n'));
        return text.toString();
    }

    /// What, from where to where, and why this candidate.
    static String head(RehearsedPlan rehearsed, List<Candidacy> ranking, Style style) {
        var plan = rehearsed.plan();
        var text = new StringBuilder();
        text.append(style.bold("%s of %s (%s)"
                        .formatted(
                                plan.runbook(),
                                plan.before().cluster().name(),
                                plan.before().cluster().environment())))
                .append("\n\n");
        text.append(Trees.of(plan.before(), rehearsed.after(), style)).append('\n');
        if (!ranking.isEmpty()) {
            text.append("Candidates\n").append(candidates(plan, ranking, style)).append('\n');
        }
        return text.toString();
    }

    private static Optional<String> promoted(Plan plan) {
        return plan.parts(Promote.class).map(Step::targetName).findFirst();
    }

    private static String candidates(Plan plan, List<Candidacy> ranking, Style style) {
        var chosen = promoted(plan);
        return ranking.stream()
                .map(candidacy -> Paragraph.of("  " + candidate(candidacy, chosen, style), style.columns(), 13) + "\n")
                .collect(Collectors.joining());
    }

    private static String candidate(Candidacy candidacy, Optional<String> chosen, Style style) {
        var name = candidacy.node().value();
        if (!candidacy.isEligible()) {
            return "%-10s refused: %s"
                    .formatted(
                            name,
                            candidacy.refusals().stream()
                                    .map(problem -> Printable.of(problem.message()))
                                    .collect(Collectors.joining("; ")));
        }
        var facts =
                "%-10s %s behind, priority %d".formatted(name, Amounts.bytes(candidacy.behind()), candidacy.priority());
        return chosen.equals(Optional.of(name)) ? facts + style.bold("  <- chosen") : facts;
    }

    private static String step(PlannedStep step, Style style) {
        return title(step, style) + siteSteps(step, style);
    }

    /// Number, name and targets of a step; no line feed.
    static String title(PlannedStep step, Style style) {
        var targets = step.parts().stream().map(Step::targetName).collect(Collectors.joining(" "));
        var line = " %2d  %-60s %s"
                .formatted(step.number(), Printable.of(step.name()), targets.isEmpty() ? "(nothing to do)" : targets);
        return Paragraph.of(line, style.columns(), 5);
    }

    /// What the site's own steps do exactly, since their names do not tell.
    private static String siteSteps(PlannedStep step, Style style) {
        return step.parts().stream()
                .filter(SiteStep.class::isInstance)
                .map(SiteStep.class::cast)
                .map(part -> "\n" + Paragraph.of("     " + Printable.of(part.shown()), style.columns(), 7))
                .collect(Collectors.joining());
    }
}
