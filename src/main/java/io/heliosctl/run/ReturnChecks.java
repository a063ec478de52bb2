package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Findings;
import io.heliosctl.control.Proofs;
import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Way;
import io.heliosctl.step.ReturnStep;
import java.util.List;
import java.util.concurrent.Callable;

/// What must hold before a node is brought back that has left its cluster.
///
/// @param node that one
/// @param upstream whom it will follow
record ReturnChecks(NodeName node, NodeName upstream, Limits limits) {

    /// Every return of a plan that may do more than start a server.
    static List<ReturnChecks> of(Plan plan) {
        return plan.parts(ReturnStep.class)
                .filter(part -> part.limits().hardest() != Way.FOLLOW)
                .map(part -> new ReturnChecks(part.target(), part.upstream(), part.limits()))
                .toList();
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
