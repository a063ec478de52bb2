package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.ProblemException;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Probe;
import io.heliosctl.step.SiteStep;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What the `unless` of a site's own step is answered before a run. Only SQL is asked: the server itself keeps
/// it from changing anything, while of a command nobody but its author knows.
///
/// @param step the step's number
/// @param question as it was put, on one line
/// @param answer in a few words
public record UnlessAnswer(int step, String target, String question, String answer) {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// Question and answer.
    public String shown() {
        return "%s: %s".formatted(question, answer);
    }

    /// Asks all that can be asked now.
    public static List<UnlessAnswer> of(Plan plan, ClusterControl cluster) {
        return plan.steps().stream().flatMap(step -> of(step, cluster)).toList();
    }

    private static Stream<UnlessAnswer> of(PlannedStep step, ClusterControl cluster) {
        return step.parts().stream()
                .filter(SiteStep.class::isInstance)
                .map(SiteStep.class::cast)
                .flatMap(part -> part.terms().unless().stream()
                        .map(probe -> new UnlessAnswer(
                                step.number(), part.targetName(), probe.shown(), answer(probe, cluster))));
    }

    private static String answer(Probe probe, ClusterControl cluster) {
        return switch (probe) {
            case Probe.OfCommand command -> "not asked, a command may change something";
            case Probe.OfSql sql when sql.text().late() -> "not asked, it needs what an earlier step keeps";
            case Probe.OfSql sql -> asked(sql, cluster);
        };
    }

    private static String asked(Probe probe, ClusterControl cluster) {
        try {
            return probe.isTrue(cluster, LIMIT)
                    ? "yes, so as of now the step would be left out"
                    : "no, so the step will be made";
        } catch (ProblemException e) {
            return "no clear answer, %s".formatted(e.problems().getFirst().message());
        }
    }
}
