package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.TooMuchLost;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.step.Concession;
import java.util.ArrayList;
import java.util.List;

/// What must hold before a lost primary's place is given to another.
final class FailoverChecks {

    private final ClusterControl cluster;
    private final Topology topology;
    private final NodeName lost;
    private final NodeName candidate;

    FailoverChecks(ClusterControl cluster, Topology topology, NodeName lost, NodeName candidate) {
        this.cluster = cluster;
        this.topology = topology;
        this.lost = lost;
        this.candidate = candidate;
    }

    /// What would be lost, and whether somebody may have what the others lack.
    List<Problem> losses(Concession concession, Plan plan) {
        var measured = plan.parameters().containsKey("lose_up_to");
        var problems = new ArrayList<>(Successors.unheard(topology, lost, measured));
        var failover = cluster.failover();
        var estimate = failover.loss(candidate, lost);
        failover.unreadable(candidate, lost)
                .map(why -> Problem.warning(why.code(), why.message())
                        .detail(why.detail())
                        .hint(why.hint().isEmpty() ? "What the standbys lack of it is lost." : why.hint()))
                .ifPresent(problems::add);
        if (estimate.bytes() > concession.loseUpTo()) {
            problems.add(TooMuchLost.problem(lost, estimate, concession.loseUpTo()));
        }
        return problems;
    }

    /// True if the old primary's host is reached, or the site can fence it.
    private boolean isSure() {
        return !(topology.state(lost) instanceof NodeState.Unreachable unreachable && !unreachable.hangs())
                || topology.cluster().node(lost).fence().isPresent();
    }

    /// Poolers that could not be asked go on leading to the old primary. On its own host they have gone with
    /// it; elsewhere only a proof that it cannot write makes that harmless, not a person's word.
    List<Problem> poolers(Concession concession) {
        var problems = new ArrayList<Problem>();
        topology.poolers().forEach((name, state) -> {
            var pooler = topology.cluster().pooler(name);
            if (state instanceof PoolerState.Unreachable unreachable) {
                var shared = pooler.host().equals(topology.cluster().node(lost).host());
                var message = "pooler %s could not be asked".formatted(name);
                var fatal = concession.attested() && !shared && !isSure();
                problems.add((fatal
                                ? Problem.error("pooler-unreachable", message)
                                : Problem.warning("pooler-unreachable", message))
                        .detail(Sentence.of(unreachable.reason()) + " It leads to %s as before.".formatted(lost))
                        .hint(
                                fatal
                                        ? "That %s is off is only somebody's word; its clients would go there. Bring the pooler"
                                                        .formatted(lost)
                                                + " back, stop it, or take it out of the inventory."
                                        : "When it is back: heliosctl run route %s"
                                                .formatted(topology.cluster().name())));
            } else if (state instanceof PoolerState.Answering answering && answering.isPaused()) {
                problems.add(Problem.warning("pooler-paused", "pooler %s is paused already".formatted(name))
                        .detail("It is resumed at the end."));
            }
        });
        return problems;
    }
}
