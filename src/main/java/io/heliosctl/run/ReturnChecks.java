package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Findings;
import io.heliosctl.control.Proofs;
import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Way;
import io.heliosctl.step.Clone;
import io.heliosctl.step.Rejoin;
import io.heliosctl.step.Rewind;
import io.heliosctl.step.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// What must hold before a node is brought back that has left its cluster.
///
/// @param node that one
/// @param upstream whom it will follow
record ReturnChecks(NodeName node, NodeName upstream, Limits limits) {

    /// Every return of a plan that may do more than start a server.
    static List<ReturnChecks> of(Plan plan) {
        return plan.parts().flatMap(part -> of(part).stream()).toList();
    }

    private static Optional<ReturnChecks> of(Step part) {
        return switch (part) {
            case Rejoin rejoin
            when rejoin.hardest() != Way.FOLLOW ->
                Optional.of(new ReturnChecks(rejoin.target(), rejoin.upstream(), Limits.upTo(rejoin.hardest())));
            case Rewind rewind ->
                Optional.of(new ReturnChecks(rewind.target(), rewind.upstream(), Limits.only(Way.REWIND)));
            case Clone clone -> Optional.of(new ReturnChecks(clone.target(), clone.upstream(), Limits.only(Way.CLONE)));
            default -> Optional.empty();
        };
    }

    /// Nothing is asked of a node that has come back already, and a primary has nobody to come back to.
    List<Callable<Findings>> questions(ClusterControl cluster, Proofs proofs) {
        if (node.equals(upstream)) {
            return List.of(() -> Findings.of(List.of(Problem.error("is-primary", node + " is the primary")
                    .hint("Name the node that is to come back to it: heliosctl status"))));
        }
        if (cluster.streamsFrom(node, upstream)) {
            return List.of(() -> Findings.proved(node.value(), "streams from %s already".formatted(upstream)));
        }
        proofs.requireTemplates(upstream);
        return List.of(() -> proofs.wayBack(node, upstream, limits), () -> proofs.replicationLogin(node, upstream));
    }

    /// Its unit may be masked by a fence: then it is unmasked in the end.
    static Findings withoutMask(Findings service) {
        return new Findings(
                service.problems().stream()
                        .filter(problem -> !problem.code().equals("unit-not-loaded")
                                || !problem.detail().contains("masked"))
                        .toList(),
                service.proofs());
    }
}
