package io.heliosctl.run;

import io.heliosctl.model.Cast;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a run will do, as a value. Commands are not in it: each step looks again before it acts.
///
/// @param runbook the runbook's name
/// @param parameters their effective values as text, for people and the journal
/// @param cast who plays what, frozen
/// @param verify what is looked at in the end
/// @param before the topology it was made for
public record Plan(
        String runbook,
        Map<String, String> parameters,
        Cast cast,
        List<PlannedStep> steps,
        List<PlannedStep> verify,
        Topology before) {

    public Plan {
        parameters = Map.copyOf(parameters);
        steps = List.copyOf(steps);
        verify = List.copyOf(verify);
    }

    /// What is done to one target each, of every step, in order.
    public Stream<Step> parts() {
        return steps.stream().flatMap(step -> step.parts().stream());
    }

    /// The same, of one verb.
    public <T extends Step> Stream<T> parts(Class<T> verb) {
        return parts().filter(verb::isInstance).map(verb::cast);
    }

    /// What must still hold when the run begins.
    public Fingerprint fingerprint() {
        return Fingerprint.of(before);
    }
}
