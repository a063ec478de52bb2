package io.heliosctl.control;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Secret;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.StopProof;
import io.heliosctl.postgres.PostgresServer;
import io.heliosctl.postgres.RecoverySettings;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One real PostgreSQL server, and who it was when it was first seen.
final class LiveNode implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Node node;
    private final PostgresServer server;
    private volatile Optional<Identity> pinned = Optional.empty();
    private volatile Optional<StopProof> buried = Optional.empty();
    private volatile Optional<String> usedSlot = Optional.empty();

    LiveNode(Node node, PostgresServer server) {
        this.node = node;
        this.server = server;
    }

    /// The server on a host that was reached.
    ///
    /// @param secrets by name
    static LiveNode of(Node node, Remote remote, Function<String, Optional<Secret>> secrets) {
        return new LiveNode(
                node,
                new PostgresServer(
                        node, remote, () -> secrets.apply(node.postgres().role())));
    }

    Node node() {
        return node;
    }

    PostgresServer server() {
        return server;
    }

    NodeState observe() {
        var state = server.observe(LOOK);
        if (pinned.isEmpty() && state instanceof Running running) {
            pinned = Optional.of(running.identity());
        }
        if (state instanceof Standby standby) {
            rememberSlot(standby.facts());
        }
        return state;
    }

    /// Takes the slot it is configured to use.
    void rememberSlot(NodeState.Facts facts) {
        usedSlot = Optional.of(facts.setting("primary_slot_name")).filter(name -> !name.isEmpty());
    }

    /// Makes a server that does not run known by one of its cluster that does.
    void recognise(Identity other) {
        if (pinned.isEmpty()) {
            pinned = Optional.of(new Identity(
                    other.systemId(),
                    other.timeline(),
                    other.version(),
                    node.postgres().dataDir(),
                    node.postgres().port()));
        }
    }

    /// The replication slot it uses as a standby, if it was seen to use one.
    Optional<String> usedSlot() {
        return usedSlot;
    }

    /// Who it was when it was first seen.
    Optional<Identity> pinned() {
        return pinned;
    }

    /// What differs between the server that answers now and the one that was first seen. Asked inside the
    /// pause, so it costs one look; that the data directory is the inventory's was proved before.
    List<Problem> identityProblems() {
        if (pinned.isEmpty()) {
            return List.of(Problem.error("identity-unknown", node.name() + " has not answered in this run")
                    .hint("Start PostgreSQL there, or take the node out of the inventory."));
        }
        var expected = pinned.get();
        return switch (server.observe(LOOK)) {
            case Running running -> differences(expected, running.identity());
            case NodeState.Stopped stopped ->
                stopped.control().systemId().equals(expected.systemId())
                        ? List.of()
                        : List.of(other(
                                "its system identifier is " + stopped.control().systemId()));
            case NodeState.Unreachable unreachable ->
                List.of(Problem.error("node-unreachable", "node " + node.name() + " could not be asked")
                        .detail(unreachable.reason() + ".")
                        .hint("Run \"heliosctl status\" and look at its log."));
        };
    }

    private List<Problem> differences(Identity expected, Identity seen) {
        if (!seen.systemId().equals(expected.systemId())) {
            return List.of(other("its system identifier is " + seen.systemId()));
        }
        if (!seen.dataDirectory().equals(expected.dataDirectory()) || seen.port() != expected.port()) {
            return List.of(other("it runs on %s, port %d".formatted(seen.dataDirectory(), seen.port())));
        }
        return List.of();
    }

    private Problem other(String seen) {
        return Problem.error("other-server", node.name() + " is not the server this run was planned for")
                .detail("Now " + seen + ".")
                .hint("Find out who has changed it, then start again.");
    }

    /// That the server which answers is the one of the inventory, down to its control file.
    void requireIdentity() {
        pinned.ifPresent(server::requireIdentity);
    }

    StopProof stop(StopMode mode, Duration timeout) {
        return stop(mode, timeout, Optional.empty());
    }

    /// @param permit what must still be so when the request arrives
    StopProof stop(StopMode mode, Duration timeout, Optional<Permit> permit) {
        server.requestStop(mode, permit);
        return server.awaitStopped(timeout);
    }

    void tombstone(StopProof proof, RecoverySettings settings) {
        server.tombstone(proof, settings);
        buried = Optional.of(proof);
    }

    void removeTombstone() {
        buried = Optional.empty();
        server.removeTombstone();
    }

    /// The proof got when it was stopped, if its tombstone was put there too: from then on only a read-only
    /// server can come of it, whoever starts it. Else a new look.
    StopProof proveStopped() {
        return buried.orElseGet(server::proveStopped);
    }

    void start(Duration timeout) {
        buried = Optional.empty();
        server.start(timeout);
    }

    void restart(Duration timeout) {
        server.restart(timeout);
    }

    LsnProof awaitReceived(StopProof proof, Duration timeout) {
        return server.awaitReceived(proof, timeout);
    }

    boolean streamsFrom(Node upstream, Running upstreamState) {
        return observe() instanceof Standby standby
                && standby.isStreaming()
                && standby.upstream()
                        .filter(receiver -> receiver.host().equals(upstream.host())
                                && receiver.port() == upstream.postgres().port()
                                && receiver.timeline()
                                        .equals(Optional.of(
                                                upstreamState.identity().timeline())))
                        .isPresent();
    }

    /// True once everything up to a position has been replayed.
    boolean hasReplayed(Lsn position) {
        return observe() instanceof Standby standby && !position.isPast(standby.replayed());
    }

    /// Starts a stopped server as a standby and waits until it streams.
    void rejoin(RecoverySettings settings, Identity upstream, Duration timeout) {
        var deadline = Deadline.in(timeout);
        if (!(observe() instanceof Running)) {
            if (!server.isTombstoned()) {
                server.configureStandby(settings);
            }
            start(timeout);
        }
        server.awaitStreaming(settings, upstream, deadline.remaining());
        server.forgetTombstone();
    }

    @Override
    public void close() {
        server.close();
    }
}
