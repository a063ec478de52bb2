package io.heliosctl.runbook;

import io.heliosctl.step.Step;
import java.util.List;

/// One step of a runbook, bound to names: the same verb on each of its targets.
///
/// @param number counted from 1, as shown and journalled
/// @param name what a person reads
/// @param parts one for each target, made in parallel; none means there is nothing to do
/// @param tolerate how many of them may fail
/// @param atOnce how many of them are made at a time
public record PlannedStep(int number, String name, List<Step> parts, int tolerate, int atOnce) {

    /// Every target may fail.
    public static final int TOLERATE_ALL = Integer.MAX_VALUE;

    public PlannedStep {
        parts = List.copyOf(parts);
    }

    public boolean isTolerant() {
        return tolerate > 0;
    }
}
