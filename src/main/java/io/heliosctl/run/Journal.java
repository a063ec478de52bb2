package io.heliosctl.run;

import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.util.List;
import java.util.Map;

/// Keeps what a run is about to do, before it does it.
public interface Journal {

    /// The intent to make a step on these targets. On return it is safe on disk.
    ///
    /// @param takingBack whether these parts are the undo of that step
    /// @throws io.heliosctl.model.ProblemException if it could not be written; the step must then not be made
    void begin(PlannedStep step, List<Step> parts, boolean takingBack);

    /// How a step went. Not being able to write this stops nothing: looking again tells.
    void end(StepRecord record);

    /// How the undo of a step went.
    default void undone(StepRecord record) {
        end(record);
    }

    void ended(Outcome outcome);

    /// What a step has kept for later steps, by name.
    default void kept(PlannedStep step, Map<String, Object> values) {}

    /// What a step is about to do that only another process of this run will have to know. On return it is safe
    /// on disk.
    ///
    /// @throws io.heliosctl.model.ProblemException if it could not be written
    default void noted(String name, Object value) {}

    /// What was said about the step being made. On return it is safe on disk.
    ///
    /// @throws io.heliosctl.model.ProblemException if it could not be written
    default void said(String text) {}

    /// What somebody was asked on the way, and answered.
    default void answered(Answer answer) {}

    /// Keeps nothing; for rehearsals.
    static Journal none() {
        return new Journal() {
            @Override
            public void begin(PlannedStep step, List<Step> parts, boolean takingBack) {}

            @Override
            public void end(StepRecord record) {}

            @Override
            public void ended(Outcome outcome) {}
        };
    }
}
