package io.heliosctl.view;

import io.heliosctl.run.RunListener;
import io.heliosctl.run.StepRecord;
import io.heliosctl.runbook.PlannedStep;
import java.io.PrintStream;

/// Tells of a run only what went wrong.
public final class QuietProgress implements RunListener {

    private final PrintStream out;
    private final Style style;

    public QuietProgress(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void stepStarted(PlannedStep step) {}

    @Override
    public void stepFinished(StepRecord record) {
        out.print(ProblemText.of(record.problems(), style));
        out.flush();
    }

    @Override
    public void pointOfNoReturn() {}

    @Override
    public void takingBack() {}

    @Override
    public void verifying() {}
}
