package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a step of the site's own says beside its verb.
///
/// @param when asked right before it; the step is left out unless it holds
/// @param unless a question that changes nothing; yes means that the step is done already
/// @param expect has to hold for its `result`
/// @param undo the step that takes it back, on the same target
/// @param register where its result is kept for later steps
/// @param secret its output is never shown
public record Terms(
        Optional<Condition> when,
        Optional<Probe> unless,
        Optional<Condition> expect,
        Optional<Step> undo,
        Optional<Register> register,
        boolean secret) {

    /// A name for a result.
    ///
    /// @param single the result itself; else a map from target to result
    public record Register(String name, boolean single) {}

    public static Terms none() {
        return new Terms(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// True if nothing is left to do.
    boolean done(ClusterControl cluster, Duration timeout) {
        var left = when.isPresent() && !when.get().holds(cluster.scene());
        return left || (unless.isPresent() && unless.get().isTrue(cluster, timeout));
    }

    /// Takes the result of a step: is it as expected, is it done now, and who wants to know?
    void accept(ClusterControl cluster, Step step, Map<String, Object> result, Duration timeout) {
        var scene = cluster.scene();
        if (scene.isPretended()) {
            return;
        }
        if (expect.isPresent() && !expect.get().holds(scene, Map.of("result", result))) {
            throw new ProblemException(Problem.error(
                            "not-as-expected", "the result of \"%s\" is not as expected".formatted(step.verb()))
                    .detail("Expected: %s.%s"
                            .formatted(
                                    expect.get().expression().strip(),
                                    secret ? "" : " It is: " + Shown.of(result) + "."))
                    .hint("Look at %s, then start again.".formatted(step.targetName()))
                    .at(expect.get().place()));
        }
        if (unless.isPresent() && !unless.get().isTrue(cluster, timeout)) {
            throw new ProblemException(Problem.error("not-done", "could not " + step.summary())
                    .detail("It was made without an error, and \"unless\" is still not true: "
                            + unless.get().shown() + ".")
                    .hint("Either it had no effect, or \"unless\" asks for something else."));
        }
        register.ifPresent(kept -> {
            if (kept.single()) {
                scene.keep(kept.name(), result);
            } else {
                scene.keep(kept.name(), step.targetName(), result);
            }
        });
    }

    Undo howToUndo() {
        return undo.map(Undo::with).orElse(Undo.nothing());
    }
}
