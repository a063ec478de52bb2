package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.FenceMarks;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import io.heliosctl.step.Fence;
import io.heliosctl.step.Promote;
import java.util.List;
import java.util.stream.Stream;

/// What must hold before a failover that was cut goes on towards its promotion. What was found when it began
/// counts for nothing: the old primary may be back since, and whoever had most of its WAL may be gone.
final class FailoverAgain {

    private FailoverAgain() {}

    /// Why it must not go on; empty if it may, or if the promotion was made already.
    static List<Problem> objections(ClusterControl cluster, Plan plan) {
        var promotions = plan.parts(Promote.class)
                .filter(promote -> promote.concession().isPresent())
                .toList();
        if (promotions.isEmpty()) {
            return List.of();
        }
        var now = cluster.observe();
        return promotions.stream()
                .filter(promote -> now.state(promote.target()) instanceof Standby)
                .flatMap(promote -> objections(cluster, plan, promote, now).stream())
                .toList();
    }

    private static List<Problem> objections(ClusterControl cluster, Plan plan, Promote promote, Topology now) {
        if (now.state(promote.of()) instanceof NodeState.Primary) {
            return List.of(Problem.error("primary-healthy", promote.of() + " is a primary again and answers")
                    .detail("Nothing is lost, and nobody was promoted.")
                    .hint("Take this run back: heliosctl rollback"));
        }
        var checks = new FailoverChecks(cluster, now, promote.of(), promote.target());
        var concession = promote.concession().orElseThrow();
        try {
            var losses = isSettledLater(cluster, now, promote)
                    ? List.<Problem>of()
                    : Stream.concat(unwritten(cluster, now, promote).stream(), checks.losses(concession, plan).stream())
                            .toList();
            return Stream.concat(losses.stream(), checks.poolers(concession).stream())
                    .filter(Problem::isError)
                    .map(FailoverAgain::hinted)
                    .toList();
        } catch (ProblemException e) {
            return e.problems();
        }
    }

    /// A process that died at once has not written down how far the standbys were, so that all of them must be
    /// heard.
    private static List<Problem> unwritten(ClusterControl cluster, Topology now, Promote promote) {
        return FenceMarks.hasFurthest(cluster.scene(), promote.of())
                ? List.of()
                : Successors.unheard(now, promote.of(), false);
    }

    /// True if nobody has to be heard about what is missing: that can be proved, or the end of the old
    /// primary's WAL is known as soon as it is fenced, and the promotion asks for both.
    private static boolean isSettledLater(ClusterControl cluster, Topology now, Promote promote) {
        if (now.state(promote.of()) instanceof NodeState.Stopped stopped
                && stopped.control().isCleanlyShutDown()) {
            return true;
        }
        try {
            var fenced = cluster.failover().proveFenced(promote.of(), false);
            return cluster.failover().cover(promote.target(), fenced, 0) instanceof LsnProof;
        } catch (ProblemException e) {
            return false;
        }
    }

    /// What may be lost was said when the run began, and cannot be said anew.
    private static Problem hinted(Problem problem) {
        return List.of("standby-unheard", "too-much-lost").contains(problem.code())
                ? problem.hint("Bring it back and resume; or take this run back with \"heliosctl rollback\", and begin"
                        + " anew with --lose-up-to SIZE.")
                : problem;
    }

    /// The word that an old primary is off was given to the process that began the run, and stays that one's.
    static void recall(ClusterControl cluster, Plan plan, History.Header header) {
        plan.parts(Fence.class)
                .filter(Fence::attested)
                .forEach(fence -> FenceMarks.recall(cluster.scene(), fence.target(), header.user(), header.since()));
    }
}
