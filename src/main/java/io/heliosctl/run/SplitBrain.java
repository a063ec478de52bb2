package io.heliosctl.run;

import io.heliosctl.model.Histories;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.step.Fence;
import java.util.Optional;
import java.util.stream.Collectors;

/// What may be done while more than one node accepts writes: nothing but to stop one of them, and that is named
/// by a person. Where timelines and poolers do not both say that it is the one left behind, it takes more than a
/// yes.
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

    /// The primary that timelines and poolers both speak for. Where the one that was promoted last has no pooler
    /// and another one has, its promotion may have been a mistake: then neither is.
    static Optional<NodeName> right(Topology topology, Histories histories) {
        var targets = topology.poolers().keySet().stream()
                .flatMap(pooler -> topology.target(pooler).stream())
                .filter(topology.primaries()::contains)
                .collect(Collectors.toSet());
        return histories.right().filter(name -> targets.isEmpty() || targets.contains(name));
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
        return plan.parts(Fence.class)
                .map(Fence::target)
                .filter(node -> topology.state(node) instanceof Primary)
                .filter(node -> right(topology, histories)
                        .map(name -> name.equals(node))
                        .orElse(true))
                .findFirst()
                .map(node -> new Doubt(node, why(topology, histories)));
    }

    private static String why(Topology topology, Histories histories) {
        if (topology.primaries().size() == 1) {
            return "it is the only primary, and its clients could not write any more";
        }
        if (histories.right().isPresent() && right(topology, histories).isEmpty()) {
            return "%s was promoted last, and the poolers lead elsewhere"
                    .formatted(histories.right().get());
        }
        return histories.right().isPresent()
                ? "by the timelines it is the primary, and another one was left behind"
                : "the timelines do not tell which is right: " + histories.undecided();
    }
}
