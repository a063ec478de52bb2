package io.heliosctl.run;

import io.heliosctl.model.Lineage;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Judges which standby should take a lost primary's place: the one that has received most; among equals the one with
/// the higher priority, then by name.
final class Successors {

    private Successors() {}

    /// Every node except the lost one, best first; those that cannot be promoted last, with the reasons.
    static List<Candidacy> ranking(Topology topology, NodeName lost) {
        var lineage = Lineage.ofStandbys(topology.nodes().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(lost))
                .map(entry -> entry.getValue())
                .toList());
        var best = topology.nodes().values().stream()
                .filter(state -> state instanceof Standby standby
                        && lineage.filter(line -> line.holds(standby)).isPresent())
                .map(state -> ((Standby) state).received())
                .max(Comparator.naturalOrder())
                .orElse(new Lsn(0));
        return topology.cluster().nodes().stream()
                .filter(node -> !node.name().equals(lost))
                .map(node -> judge(topology, node, lineage, best))
                .sorted(Comparator.comparing((Candidacy candidacy) -> !candidacy.isEligible())
                        .thenComparingLong(Candidacy::behind)
                        .thenComparing(
                                Comparator.comparingInt(Candidacy::priority).reversed())
                        .thenComparing(Candidacy::node))
                .toList();
    }

    private static Candidacy judge(Topology topology, Node node, Optional<Lineage> lineage, Lsn best) {
        var name = node.name();
        if (!(topology.state(name) instanceof Standby standby)) {
            return Candidates.notAStandby(node, topology.state(name));
        }
        var refusals = new ArrayList<Problem>();
        if (lineage.filter(line -> line.holds(standby)).isEmpty()) {
            refusals.add(Problem.error("other-timeline", name + " is on another timeline")
                    .detail("System identifier %s, timeline %s; the others are on timeline %s of %s."
                            .formatted(
                                    standby.identity().systemId(),
                                    standby.identity().timeline(),
                                    lineage.map(line -> line.timeline().toString())
                                            .orElse("?"),
                                    lineage.map(line -> line.systemId().toString())
                                            .orElse("?")))
                    .hint("Choose another standby with --to."));
        }
        // Nobody streams from a primary that is lost.
        Candidates.ownRefusals(node, standby).stream()
                .filter(problem -> !problem.code().equals("not-streaming"))
                .forEach(refusals::add);
        return new Candidacy(name, standby.received(), standby.received().bytesBehind(best), node.priority(), refusals);
    }

    /// Other standbys that cannot be asked how much they have. Only somebody who has said how much may be lost can do
    /// without them.
    ///
    /// @param measured that it was said how much may be lost
    static List<Problem> unheard(Topology topology, NodeName lost, boolean measured) {
        var problems = new ArrayList<Problem>();
        for (var node : topology.cluster().nodes()) {
            var name = node.name();
            if (name.equals(lost) || topology.state(name) instanceof Standby) {
                continue;
            }
            var message = "nobody knows how much %s has received".formatted(name);
            problems.add(
                    (measured ? Problem.warning("standby-unheard", message) : Problem.error("standby-unheard", message))
                            .detail(Candidates.describe(topology.state(name))
                                    + " It may have more than the others, which would be" + " lost.")
                            .hint(
                                    measured
                                            ? "Do not let it in again before it is known whether it has."
                                            : "Bring it back, or say how much may be lost with --lose-up-to SIZE."));
        }
        return problems;
    }
}
