package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.LsnProof;
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
/// @param of the old primary, which must be proved to be stopped
public record Promote(NodeName target, NodeName of, Duration timeout) implements NodeStep {

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
        try {
            cluster.awaitReceived(target, cluster.proveStopped(of), Duration.ZERO);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return problems;
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
        cluster.lastWord(of);
    }

    @Override
    public String apply(ClusterControl cluster) {
        var received = provedAgain(cluster);
        cluster.promote(target, received.of(), received, timeout);
        return "";
    }

    /// Nothing was sent yet, so without the proofs all can still be taken back.
    private LsnProof provedAgain(ClusterControl cluster) {
        try {
            return cluster.awaitReceived(target, cluster.proveStopped(of), Duration.ZERO);
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
