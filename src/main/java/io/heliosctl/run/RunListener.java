package io.heliosctl.run;

import io.heliosctl.runbook.PlannedStep;

/// Hears how a run goes on, while it goes on. Called from one thread at a time.
public interface RunListener {

    void stepStarted(PlannedStep step);

    void stepFinished(StepRecord step);

    /// Something worth knowing about the step that is being made. May come from another thread than the rest.
    default void said(String text) {}

    /// From here on nothing can be taken back.
    void pointOfNoReturn();

    void takingBack();

    void verifying();
}
