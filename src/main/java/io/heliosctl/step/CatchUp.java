package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Gives a standby all the WAL of a lost primary that can still be had, before it is promoted in that one's
/// place: what can be read on the old primary's own host, else what the most advanced of the other standbys
/// has. What cannot be had does not fail it; how much may be lost is asked for by the promotion.
///
/// @param of the lost primary, whose WAL it is; it must not run any more
public record CatchUp(NodeName target, NodeName of, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "catch_up";
    }

    @Override
    public String summary() {
        return "let %s have all WAL of %s that can still be had".formatted(target, of);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return cluster.failover()
                .ahead(target, of)
                .map(lead -> new Change(
                        "WAL of " + target,
                        "less than there is",
                        lead.node().equals(of)
                                ? "all that %s wrote, up to %s".formatted(of, lead.position())
                                : "as much as %s, up to %s".formatted(lead.node(), lead.position())));
    }

    @Override
    public void prepare(ClusterControl cluster) {
        cluster.failover().prepareCatchUp(target, of);
    }

    @Override
    public String apply(ClusterControl cluster) {
        return cluster.failover().catchUp(target, of, timeout);
    }

    /// What could not be had is told, and does not fail it.
    @Override
    public boolean readsBack() {
        return true;
    }

    /// Should the old primary be brought back after all, this one has to follow it again. The WAL that it was
    /// given stays: the old primary has the same.
    @Override
    public Undo undo() {
        return Undo.with(new Unfollow(target, timeout));
    }
}
