package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.model.SwitchTrace;
import java.util.List;
import java.util.function.Supplier;

/// What every host that was reached tells of a cluster's dead-man's switches. The hosts are asked while other
/// things are done, and once: as long as the locks are held nobody else arms one.
public final class SwitchLook {

    private final Supplier<List<SwitchTrace>> answers;

    private SwitchLook(Supplier<List<SwitchTrace>> answers) {
        this.answers = answers;
    }

    static SwitchLook begin(SwitchTraces traces) {
        return new SwitchLook(InParallel.begin(traces::all));
    }

    /// Those of other runs that may still do something: no run may begin meanwhile.
    ///
    /// @param run the id of this run
    /// @throws io.heliosctl.model.ProblemException if a host does not tell
    public List<Problem> ofOthers(String run) {
        return answers.get().stream()
                .filter(trace -> !trace.hasEnded())
                .filter(trace -> !trace.run().equals(SwitchMaker.word(run)))
                .map(trace -> Problem.error(
                                "switch-armed", "the dead-man's switch of %s is armed".formatted(trace.target()))
                        .detail("Run %s has armed it, and has not ended.".formatted(trace.run()))
                        .hint("Wait until it has fired: \"heliosctl status\" tells. Or resume that run."))
                .toList();
    }

    /// The names of the nodes and poolers for which a run has one.
    List<String> targets(String run) {
        return answers.get().stream()
                .filter(trace -> trace.run().equals(SwitchMaker.word(run)))
                .map(SwitchTrace::target)
                .toList();
    }
}
