package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.run.PartResult;
import io.heliosctl.run.RunListener;
import io.heliosctl.run.StepRecord;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.io.PrintStream;
import java.util.stream.Collectors;

/// Tells the story of a run, a line for each step that has ended.
public class Progress implements RunListener {

    private static final int WIDE = 130;
    private static final int INDENT = 9;

    private final PrintStream out;
    private final Style style;
    private final boolean verbose;

    /// @param verbose whether to say, before a step is made, what it does on each target
    public Progress(PrintStream out, Style style, boolean verbose) {
        this.out = out;
        this.style = style;
        this.verbose = verbose;
    }

    @Override
    public void stepStarted(PlannedStep step) {
        if (verbose) {
            step.parts()
                    .forEach(part -> out.println(style.faint(Paragraph.of(
                            " ".repeat(INDENT) + Printable.of(part.summary()), style.columns(), INDENT + 2))));
            out.flush();
        }
    }

    @Override
    public void stepFinished(StepRecord record) {
        out.print(line(record));
        out.flush();
    }

    @Override
    public void said(String text) {
        out.println(style.faint(Paragraph.of(" ".repeat(INDENT) + Printable.of(text), style.columns(), INDENT + 2)));
        out.flush();
    }

    @Override
    public void pointOfNoReturn() {
        out.println(style.faint(" -- from here on nothing is taken back --"));
    }

    @Override
    public void takingBack() {
        out.println(style.warning("Taking it back"));
    }

    @Override
    public void verifying() {
        out.println("Looking at the result");
    }

    /// One step that has ended, with the problems of the targets on which it failed.
    private String line(StepRecord record) {
        var text = style.columns() < WIDE ? narrow(record) : wide(record);
        return text + "\n" + ProblemText.of(record.problems(), style);
    }

    /// Everything in one line, which can be searched.
    private String wide(StepRecord record) {
        return " %2d %s %-63s %-16s %8s  %s"
                .formatted(
                        record.step().number(),
                        mark(record),
                        Printable.of(record.step().name()),
                        targets(record),
                        Amounts.millis(record.millis()),
                        remarks(record))
                .stripTrailing();
    }

    /// What was found out stands in a line below, so that no line is broken.
    private String narrow(StepRecord record) {
        var line = " %2d %s %-61s %8s"
                .formatted(
                        record.step().number(),
                        mark(record),
                        Printable.of(record.step().name()),
                        Amounts.millis(record.millis()));
        if (remarks(record).isEmpty()) {
            return line;
        }
        var below = " ".repeat(INDENT) + targets(record) + ": " + remarks(record);
        return line + "\n" + style.faint(Paragraph.of(below, style.columns(), INDENT));
    }

    private static String targets(StepRecord record) {
        return record.step().parts().stream().map(Step::targetName).collect(Collectors.joining(" "));
    }

    private static String remarks(StepRecord record) {
        return Printable.of(record.results().stream()
                .map(PartResult::remark)
                .filter(remark -> !remark.isEmpty())
                .distinct()
                .collect(Collectors.joining("; ")));
    }

    private String mark(StepRecord record) {
        return switch (record.word()) {
            case "ok", "changed" -> style.good("ok  ");
            case "tolerated" -> style.warning("owed");
            case "unknown" -> style.bad("??? ");
            default -> style.bad("FAIL");
        };
    }
}
