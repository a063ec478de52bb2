package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Way;
import java.time.Duration;
import java.util.List;

/// Brings a former primary back as a standby, by the gentlest way that works. By following alone, where its WAL
/// is a prefix of the upstream's, nothing of it is lost.
///
/// @param hardest the way that it may go at most
public record Rejoin(NodeName target, NodeName upstream, Way hardest, Duration timeout) implements ReturnStep {

    /// Only by following.
    public Rejoin(NodeName target, NodeName upstream, Duration timeout) {
        this(target, upstream, Way.FOLLOW, timeout);
    }

    @Override
    public String verb() {
        return "rejoin";
    }

    @Override
    public String summary() {
        return "bring %s back as a standby of %s".formatted(target, upstream);
    }

    @Override
    public Limits limits() {
        return Limits.upTo(hardest);
    }

    @Override
    public Change change() {
        return new Change("role of " + target, "former primary", "standby of " + upstream);
    }

    @Override
    public List<Problem> guard(ClusterControl cluster) {
        var writable = ReturnStep.super.guard(cluster);
        return writable.isEmpty() && hardest == Way.FOLLOW ? cluster.identityProblems(target) : writable;
    }

    @Override
    public String apply(ClusterControl cluster) {
        if (hardest != Way.FOLLOW) {
            return ReturnStep.super.apply(cluster);
        }
        cluster.awaitExit(target, timeout);
        cluster.rejoin(target, upstream, timeout);
        return "streaming";
    }

    @Override
    public Undo undo() {
        return hardest == Way.FOLLOW ? Undo.nothing() : new Undo.Impossible("what pg_rewind takes back is gone");
    }

    @Override
    public boolean isCancellable() {
        return hardest != Way.FOLLOW;
    }
}
