package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Fence;
import io.heliosctl.step.Promote;
import io.heliosctl.step.RestartPostgres;
import io.heliosctl.step.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds out on which side of its point of no return a run was cut. A promotion that may have been sent counts
/// as made until it is disproved; `docs/resume.md` has the argument.
final class PointOfNoReturn {

    /// The side a run is on.
    enum Side {
        /// It can be taken back.
        BEFORE,
        /// There is no new primary yet, and only the way forwards is safe.
        IN_DOUBT,
        /// It only goes forwards.
        BEHIND
    }

    /// What was found.
    ///
    /// @param refusals why nothing may be done; then the side means nothing
    record Found(Side side, List<Problem> refusals) {
        Found {
            refusals = List.copyOf(refusals);
        }

        static Found at(Side side) {
            return new Found(side, List.of());
        }

        static Found refused(Problem problem) {
            return new Found(Side.IN_DOUBT, List.of(problem));
        }
    }

    private final ClusterControl cluster;
    private final Function<PlannedStep, StepRecord> make;

    /// @param make makes a step that is in no plan, journalled like any other
    PointOfNoReturn(ClusterControl cluster, Function<PlannedStep, StepRecord> make) {
        this.cluster = cluster;
        this.make = make;
    }

    /// True if a step cannot be taken back.
    static boolean isOne(PlannedStep step) {
        return step.parts().stream().anyMatch(part -> part.undo() instanceof Undo.Impossible);
    }

    /// Looks, and where looking does not tell, makes sure.
    ///
    /// @param forwards whether the run is to go on forwards
    Found find(Plan plan, Past past, boolean forwards) {
        var topology = cluster.observe();
        if (topology.primaries().size() > 1 && !isToFence(plan)) {
            return twoPrimaries(topology, plan, past, forwards);
        }
        var begun = plan.steps().stream()
                .filter(PointOfNoReturn::isOne)
                .filter(past::mayHaveHappened)
                .toList();
        if (past.isTakingBack() || begun.isEmpty()) {
            return strangers(plan).map(Found::refused).orElse(Found.at(Side.BEFORE));
        }
        var promotions = promotions(begun);
        if (promotions.isEmpty()) {
            return Found.at(Side.BEHIND);
        }
        return find(begun.getLast(), promotions.getLast(), past, forwards);
    }

    /// True if it is what a runbook is there for to end that two accept writes.
    private static boolean isToFence(Plan plan) {
        return promotions(plan.steps()).isEmpty()
                && plan.parts(Fence.class).findAny().isPresent();
    }

    /// A lost primary may come back after another one was promoted in its place. This run was told which of the
    /// two it is, so it is fenced; any other pair is for a person to decide.
    private Found twoPrimaries(Topology topology, Plan plan, Past past, boolean forwards) {
        var returned = plan.steps().stream()
                .filter(past::mayHaveHappened)
                .flatMap(step -> promotions(List.of(step)).stream())
                .filter(promote -> promote.concession().isPresent()
                        && Set.copyOf(topology.primaries()).equals(Set.of(promote.of(), promote.target())))
                .findFirst();
        if (returned.isEmpty()) {
            return Found.refused(Primaries.problem(topology));
        }
        if (!forwards) {
            return Found.at(Side.BEHIND);
        }
        var promote = returned.get();
        var record = make.apply(new PlannedStep(
                Past.SETTLING,
                "Fence %s, which has come back".formatted(promote.of()),
                List.of(new Fence(promote.of(), Optional.of(promote.target()), false, promote.timeout())),
                0,
                1));
        return record.failed() ? new Found(Side.IN_DOUBT, record.problems()) : Found.at(Side.BEHIND);
    }

    private Found find(PlannedStep step, Promote promote, Past past, boolean forwards) {
        var target = promote.target();
        return switch (cluster.observe(target)) {
            case NodeState.Primary primary -> Found.at(Side.BEHIND);
            case NodeState.Unreachable unreachable ->
                Found.refused(Problem.error(
                                "promotion-in-doubt", "nobody knows whether %s is a primary".formatted(target))
                        .detail("It was about to be promoted and could not be asked now: "
                                + Sentence.of(unreachable.reason()))
                        .hint("Reach it first, then try again. Until then start no other server as a primary."));
            case NodeState.Stopped stopped -> stopped(promote);
            case NodeState.Standby standby -> {
                if (past.endedWell(step.number(), target.value(), false)) {
                    yield Found.refused(changed(target + " was promoted by this run and is a standby now."));
                }
                if (past.isDisproved(step)) {
                    yield Found.at(Side.BEFORE);
                }
                yield forwards && isFenced(promote) ? Found.at(Side.IN_DOUBT) : disprove(step, promote);
            }
        };
    }

    /// A server that is promoted takes its standby.signal away before it writes anything, and a start forgets
    /// any request before.
    private Found stopped(Promote promote) {
        var target = promote.target();
        return cluster.hasTombstone(target)
                ? Found.at(Side.BEFORE)
                : Found.refused(
                        Problem.error("promotion-in-doubt", target + " was about to be promoted and does not run")
                                .detail("Its standby.signal is gone: it may have become a primary before it stopped.")
                                .hint("Start PostgreSQL on %s and no other server, then try again.".formatted(target)));
    }

    /// A restart ends every session, forgets every request, and leaves a standby a standby: whatever was sent
    /// before it has either been done by now or never will be.
    private Found disprove(PlannedStep step, Promote promote) {
        var restart = new RestartPostgres(promote.target(), false, promote.timeout());
        var record = make.apply(new PlannedStep(
                Past.SETTLING,
                "Restart %s, so that no promotion can be on its way".formatted(promote.target()),
                List.of(restart),
                0,
                1));
        if (record.failed()) {
            return new Found(Side.IN_DOUBT, record.problems());
        }
        return switch (cluster.observe(promote.target())) {
            case NodeState.Standby standby -> Found.at(Side.BEFORE);
            case NodeState.Primary primary -> Found.at(Side.BEHIND);
            default ->
                Found.refused(Problem.error(
                                "promotion-in-doubt",
                                "nobody knows whether %s is a primary".formatted(promote.target()))
                        .detail("It was restarted to settle step %d and could not be asked then."
                                .formatted(step.number()))
                        .hint("Look at it, then try again."));
        };
    }

    /// Somebody else has promoted the candidate after this run was cut: then the plan is not about this
    /// cluster.
    private Optional<Problem> strangers(Plan plan) {
        return promotions(plan.steps()).stream()
                .filter(promote -> cluster.observe(promote.target()) instanceof NodeState.Primary)
                .findFirst()
                .map(promote -> changed(promote.target() + " is a primary, and this run never began to promote it."));
    }

    private boolean isFenced(Promote promote) {
        try {
            if (promote.concession().isPresent()) {
                cluster.failover()
                        .proveFenced(promote.of(), promote.concession().get().attested());
            } else {
                cluster.proveStopped(promote.of());
            }
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static Problem changed(String detail) {
        return Problem.error("cluster-changed", "the cluster has changed since this run was cut off")
                .detail(detail)
                .hint("Look at it with \"heliosctl status\".");
    }

    private static List<Promote> promotions(List<PlannedStep> steps) {
        var found = new ArrayList<Promote>();
        steps.stream().flatMap(step -> step.parts().stream()).forEach(part -> {
            if (part instanceof Promote promote) {
                found.add(promote);
            }
        });
        return found;
    }
}
