package io.heliosctl.run;

import io.heliosctl.model.Histories;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.step.Fence;
import java.util.Optional;

/// What may be done while more than one node accepts writes: nothing but to stop one of them, and that is named
/// by a person. Where the timelines do not say that it is the one left behind, it takes more than a yes.
public final class SplitBrain {

    private SplitBrain() {}

    /// A primary that is to be stopped although the timelines do not speak against it.
    ///
    /// @param why what they say, as a sentence without a full stop
    public record Doubt(NodeName node, String why) {

        /// What has to be typed.
        public String words() {
            return "stop " + node;
        }
    }

    /// Why a runbook must not be run; empty if there is one primary at most, or it is there to stop one.
    public static Optional<Problem> objection(Runbook runbook, Topology topology, Histories histories) {
        var mends = runbook.steps().stream().anyMatch(step -> step.verb().equals("fence"))
                && !LostPrimaries.isAbout(runbook);
        return topology.primaries().size() < 2 || mends
                ? Optional.empty()
                : Optional.of(Primaries.problem(topology, histories));
    }

    /// The primary that a plan would stop although the timelines do not say that it was left behind.
    public static Optional<Doubt> doubt(Plan plan, Histories histories) {
        var topology = plan.before();
        return plan.steps().stream()
                .flatMap(step -> step.parts().stream())
                .filter(Fence.class::isInstance)
                .map(part -> ((Fence) part).target())
                .filter(node -> topology.state(node) instanceof Primary)
                .filter(node ->
                        histories.right().isEmpty() || histories.right().get().equals(node))
                .findFirst()
                .map(node -> new Doubt(node, why(topology, histories)));
    }

    private static String why(Topology topology, Histories histories) {
        if (topology.primaries().size() == 1) {
            return "it is the only primary, and its clients could not write any more";
        }
        return histories.right().isPresent()
                ? "by the timelines it is the primary, and another one was left behind"
                : "the timelines do not tell which is right: " + histories.undecided();
    }
}
