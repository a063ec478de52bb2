package io.heliosctl.run;

import io.heliosctl.runbook.PlannedStep;

/// Listens, and says nothing.
final class Silence implements RunListener {

    @Override
    public void stepStarted(PlannedStep step) {}

    @Override
    public void stepFinished(StepRecord step) {}

    @Override
    public void pointOfNoReturn() {}

    @Override
    public void takingBack() {}

    @Override
    public void verifying() {}
}
