package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.PartResult;
import io.heliosctl.run.Report;
import io.heliosctl.step.WalStatus;
import java.util.List;
import java.util.stream.Collectors;

/// What came of a run, in a few sentences, and what to type next.
public final class ReportText {

    private ReportText() {}

    /// The whole report; ends with a line feed.
    public static String of(Report report, Style style) {
        var text = new StringBuilder();
        report.after().ifPresent(after -> text.append(StatusText.tables(after, style)));
        switch (report.outcome()) {
            case Outcome.Succeeded done -> succeeded(text, report, done.owed(), style);
            case Outcome.Refused refused -> text.append("Refused: nothing was changed.\n");
            case Outcome.RolledBack back -> takenBack(text, report, back, style);
            case Outcome.Unfinished open ->
                text.append(style.bad("Unfinished: a person is needed."))
                        .append('\n')
                        .append(left(report));
        }
        text.append("Run: ").append(report.id()).append('\n');
        return text.append("Next: heliosctl status ")
                .append(cluster(report))
                .append('\n')
                .toString();
    }

    private static void takenBack(StringBuilder text, Report report, Outcome.RolledBack back, Style style) {
        text.append(style.warning("Taken back: %s is as it was before.".formatted(cluster(report))));
        waited(text, report);
        if (back.problems().isEmpty()) {
            // It was cut while it was taken back; why it was, that process has said.
            return;
        }
        text.append("Because: ")
                .append(back.problems().stream()
                        .map(problem -> Printable.of(problem.message()))
                        .distinct()
                        .collect(Collectors.joining("; ")))
                .append(".\n");
    }

    private static void waited(StringBuilder text, Report report) {
        report.clientsWaitedMillis()
                .ifPresent(millis -> text.append(" Clients waited %s at most.".formatted(Amounts.millis(millis))));
        text.append('\n');
    }

    private static void succeeded(StringBuilder text, Report report, List<Problem> owed, Style style) {
        text.append(style.good("Done.")).append(' ').append(primary(report));
        waited(text, report);
        report.zeroLossProof()
                .map("Nothing was lost: 0 bytes; the new primary had %s."::formatted)
                .ifPresent(proof ->
                        text.append(Paragraph.of(proof, style.columns(), 2)).append('\n'));
        var failover = FailoverReport.of(report);
        if (failover.fenced().isPresent()) {
            report.after().ifPresent(after -> text.append(Trees.of(report.plan().before(), after, style)));
        }
        failover.lines()
                .forEach(line ->
                        text.append(Paragraph.of(line, style.columns(), 2)).append('\n'));
        walStatus(report, text, style);
        if (!owed.isEmpty()) {
            text.append(style.warning("Still owed:")).append('\n').append(ProblemText.of(owed, style));
        }
    }

    private static String primary(Report report) {
        return report.after()
                .flatMap(after -> after.primary()
                        .map(name -> "%s is primary (timeline %s)."
                                .formatted(
                                        name,
                                        ((NodeState.Primary) after.state(name))
                                                .identity()
                                                .timeline())))
                .orElse("");
    }

    private static void walStatus(Report report, StringBuilder text, Style style) {
        report.results(WalStatus.class)
                .map(PartResult::remark)
                .forEach(remark -> text.append(Paragraph.of("WAL: " + Printable.of(remark), style.columns(), 2))
                        .append('\n'));
    }

    private static String left(Report report) {
        var done = report.steps().stream().filter(step -> !step.failed()).count();
        return "%d steps were made. Look at the cluster before anything else is done.\n".formatted(done);
    }

    private static String cluster(Report report) {
        return report.plan().before().cluster().name();
    }
}
