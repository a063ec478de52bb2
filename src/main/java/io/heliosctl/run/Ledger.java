package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Undo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a run has done so far, also in processes that were cut off: what there is to report, to take back, to
/// owe.
final class Ledger {

    private final List<StepRecord> records = new ArrayList<>();
    private final LinkedHashMap<Integer, StepRecord> latest = new LinkedHashMap<>();
    private final Set<Touched> touched = new LinkedHashSet<>();

    /// Something that is to be taken back if the run is.
    private record Touched(int step, String target) {}

    void add(StepRecord record, boolean takingBack) {
        records.add(record);
        if (!takingBack) {
            latest.put(record.step().number(), record);
        }
        for (var result : record.results()) {
            var key = new Touched(record.step().number(), result.step().targetName());
            if (takingBack && !result.failed()) {
                touched.remove(key);
            } else if (!takingBack && result.touched()) {
                touched.add(key);
            }
        }
    }

    /// Every step made, in order, those that took something back included.
    List<StepRecord> records() {
        return List.copyOf(records);
    }

    /// The undo of every target that was touched and not taken back yet, last step first.
    List<PlannedStep> undo(Plan plan) {
        return plan.steps().reversed().stream()
                .map(this::undo)
                .filter(step -> !step.parts().isEmpty())
                .toList();
    }

    private PlannedStep undo(PlannedStep step) {
        var parts = step.parts().stream()
                .filter(part -> touched.contains(new Touched(step.number(), part.targetName())))
                .map(part -> part.undo())
                .filter(Undo.With.class::isInstance)
                .map(undo -> ((Undo.With) undo).step())
                .toList();
        return new PlannedStep(step.number(), takenBack(step), parts, 0, Math.max(1, parts.size()));
    }

    /// What the undo of a step is called.
    static String takenBack(PlannedStep step) {
        return "Take back: " + step.name();
    }

    /// What was tolerated on the way and has not been mended since.
    List<Problem> owed() {
        return latest.values().stream()
                .filter(record -> !record.failed() && record.failures() > 0)
                .flatMap(record -> record.problems().stream())
                .toList();
    }
}
