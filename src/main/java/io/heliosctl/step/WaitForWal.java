package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.Optional;

/// Waits until a standby has received every byte of a stopped server, which a clean stop alone does not
/// promise.
///
/// @param of the stopped server
public record WaitForWal(NodeName target, NodeName of, Duration timeout) implements NodeStep {

    @Override
    public String verb() {
        return "wait_for_wal";
    }

    @Override
    public String summary() {
        return "wait until %s has all of %s".formatted(target, of);
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return Optional.of(new Change("WAL of " + of, "sent to " + target, "proved to be on " + target));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var proof = cluster.awaitReceived(target, cluster.proveStopped(of), timeout);
        return "received %s, past %s".formatted(proof.received(), proof.of().checkpoint());
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.nothing();
    }
}
