package io.heliosctl.cli;

import io.heliosctl.model.Problem;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Report;
import io.heliosctl.view.ProblemText;
import io.heliosctl.view.ReportText;
import io.heliosctl.view.RunJson;
import java.util.List;

/// Prints what came of a run.
final class ReportPrinter {

    private final OutputOptions output;

    ReportPrinter(OutputOptions output) {
        this.output = output;
    }

    void print(Report report) {
        if (output.format() == OutputFormat.TABLE) {
            output.result().print(ReportText.of(report, output.style()));
        } else {
            output.print(RunJson.of(report));
        }
        var problems = switch (report.outcome()) {
            case Outcome.Unfinished open -> open.problems();
            case Outcome.RolledBack back -> untold(back.problems(), report);
            case Outcome.Refused refused -> refused.problems();
            case Outcome.Succeeded done -> List.<Problem>of();
        };
        output.story().print(ProblemText.of(problems, output.style()));
    }

    /// What no step has told already: that somebody wanted it to stop.
    private static List<Problem> untold(List<Problem> problems, Report report) {
        var told = report.steps().stream()
                .flatMap(step -> step.problems().stream())
                .toList();
        return problems.stream().filter(problem -> !told.contains(problem)).toList();
    }
}
