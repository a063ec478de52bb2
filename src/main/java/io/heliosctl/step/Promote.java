package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Amounts;
import io.heliosctl.model.Change;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.LossAcceptance;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NotBegunException;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a standby the primary. Two writable primaries are the one thing that must never be made, so it asks
/// for the proofs itself, whatever the runbook did before.
///
/// @param of the old primary, which must be proved to be stopped, or where something is conceded, to be fenced
/// @param concession what may be done without, where the old primary is lost; a planned move concedes nothing
public record Promote(NodeName target, NodeName of, Optional<Concession> concession, Duration timeout)
        implements NodeStep {

    /// Of a planned move.
    public Promote(NodeName target, NodeName of, Duration timeout) {
        this(target, of, Optional.empty(), timeout);
    }

    @Override
    public String verb() {
        return "promote";
    }

    @Override
    public String summary() {
        return "promote " + target;
    }

    @Override
    public List<Problem> guard(ClusterControl cluster) {
        var problems = new ArrayList<>(cluster.identityProblems(target));
        problems.addAll(besides(cluster));
        try {
            ground(cluster);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }

    /// Somebody else may have promoted another standby since this run began.
    private List<Problem> besides(ClusterControl cluster) {
        return cluster.cluster().nodes().stream()
                .map(Node::name)
                .filter(name -> !name.equals(target) && !name.equals(of))
                .filter(name -> cluster.observe(name) instanceof NodeState.Primary)
                .map(name -> Problem.error("not-the-only-primary", "%s would not be the only primary".formatted(target))
                        .detail("%s accepts writes, which this run has not promoted.".formatted(name))
                        .hint("Look with \"heliosctl status\" before anything else is done."))
                .toList();
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (cluster.observe(target) instanceof NodeState.Primary) {
            return Optional.empty();
        }
        return Optional.of(new Change("role of " + target, "standby", "primary"));
    }

    /// From here on the old primary's host does not bring it back by itself. Where that is not certain, it
    /// would be a second primary.
    @Override
    public void lastWord(ClusterControl cluster) {
        cluster.lastWord(Optional.of(of).filter(name -> concession.isEmpty()));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var ground = provedAgain(cluster);
        cluster.promote(target, ground.fenced(), ground.received(), timeout);
        return switch (ground.received()) {
            case LsnProof proof when concession.isPresent() -> "nothing lost: it has all up to " + proof.received();
            case LsnProof proof -> "";
            case LossAcceptance loss
            when loss.estimate().exact() && loss.estimate().bytes() == 0 ->
                "nothing lost: it has all up to %s (%s)"
                        .formatted(loss.received(), loss.estimate().source());
            case LossAcceptance loss ->
                "at most %s lost, as far as is known"
                        .formatted(Amounts.bytes(loss.estimate().bytes()));
        };
    }

    /// True if a remark of this step is about what was lost.
    public static boolean tellsLoss(String remark) {
        return remark.startsWith("nothing lost") || (remark.startsWith("at most ") && remark.contains(" lost"));
    }

    /// The two proofs that this promotion stands on.
    private record Ground(Fenced fenced, Coverage received) {}

    private Ground ground(ClusterControl cluster) {
        if (concession.isEmpty()) {
            var stopped = cluster.proveStopped(of);
            return new Ground(stopped, cluster.awaitReceived(target, stopped, Duration.ZERO));
        }
        var fenced = cluster.failover().proveFenced(of, concession.get().attested());
        return new Ground(
                fenced,
                cluster.failover().cover(target, fenced, concession.get().loseUpTo()));
    }

    /// Nothing was sent yet, so without the proofs all can still be taken back. Where a primary is lost others
    /// may be at work on it, so that the look for another one is the last thing before.
    private Ground provedAgain(ClusterControl cluster) {
        try {
            var ground = ground(cluster);
            var others = concession.isEmpty() ? List.<Problem>of() : besides(cluster);
            if (!others.isEmpty()) {
                throw new ProblemException(others);
            }
            return ground;
        } catch (ProblemException e) {
            throw new NotBegunException(e.problems());
        }
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return new Undo.Impossible("a promoted server has a timeline of its own");
    }
}
