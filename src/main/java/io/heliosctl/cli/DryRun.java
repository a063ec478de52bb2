package io.heliosctl.cli;

import io.heliosctl.control.Dictation;
import io.heliosctl.control.Findings;
import io.heliosctl.run.Planner.Planned;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.RehearsedPlan;
import io.heliosctl.run.SavedPlan;
import io.heliosctl.run.UnlessAnswer;
import io.heliosctl.view.DryRunText;
import io.heliosctl.view.PlanJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Shows a plan that was proved and is not made, and saves it; and says whether a saved one still holds.
final class DryRun {

    private final RunOptions run;
    private final OutputOptions output;

    DryRun(RunOptions run, OutputOptions output) {
        this.run = run;
        this.output = output;
    }

    /// Shows the plan, and saves it where that is asked for.
    ///
    /// @param made what the plan is made of
    int show(Planned planned, SavedPlan made, Session session, Findings findings, Opening opening) {
        var rehearsed = rehearse(planned, session);
        requireSame(made.telling(rehearsed));
        var answers = UnlessAnswer.of(planned.plan(), session.cluster());
        var document = opening.json(planned.plan(), PlanJson.of(rehearsed, made.telling(rehearsed), findings, answers));
        if (output.format() == OutputFormat.TABLE) {
            var text =
                    new DryRunText(rehearsed, planned.ranking(), findings, answers, output.isVerbose(), output.style());
            output.result().print(opening.told(planned.plan(), output.style(), true) + text.text());
        } else {
            output.print(document);
        }
        run.out().ifPresent(file -> save(file, document));
        return ExitCode.DONE;
    }

    private void save(Path file, Map<String, Object> document) {
        new PlanFile(file).write(document);
        if (!output.isQuiet()) {
            output.story().print("Saved as %s. To make it: heliosctl run --plan %s\n".formatted(file, file));
        }
    }

    /// Refuses a saved plan that would do something else today than what it showed.
    void requireSame(Planned planned, SavedPlan made, Session session) {
        if (run.saved().isPresent()) {
            requireSame(made.telling(rehearse(planned, session)));
        }
    }

    private void requireSame(SavedPlan now) {
        var stale = run.saved().map(saved -> saved.changedDeeds(now)).orElse(List.of());
        if (!stale.isEmpty()) {
            throw new RefusedException(stale);
        }
    }

    private static RehearsedPlan rehearse(Planned planned, Session session) {
        return RehearsedPlan.of(planned.plan(), Dictation.of(session.cluster().dispatches()));
    }
}
