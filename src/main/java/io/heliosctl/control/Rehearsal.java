package io.heliosctl.control;

import io.heliosctl.model.ControlData;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A pretend copy of an observed cluster: what a plan would do to it, in memory. It lets nothing happen that
/// PostgreSQL would not let happen.
public final class Rehearsal extends PretendHosts {

    /// The bytes of a shutdown checkpoint record, about.
    private static final long SHUTDOWN_RECORD = 0x78;

    private final Topology before;
    private final Map<NodeName, NodeState> nodes;
    private final Map<NodeName, Running> wasRunning = new HashMap<>();
    private final Set<NodeName> tombstones = new HashSet<>();
    private final Set<NodeName> prepared = new HashSet<>();
    private final RehearsedFailover failover = new RehearsedFailover(this);

    private Rehearsal(Topology before, Dictation dictation) {
        super(before, dictation);
        this.before = before;
        this.nodes = new HashMap<>(before.nodes());
    }

    /// A pretend copy of a cluster as it was seen.
    public static Rehearsal of(Topology topology) {
        return of(topology, Dictation.none());
    }

    /// The same, with somebody who takes down what the hosts would be told.
    public static Rehearsal of(Topology topology, Dictation dictation) {
        return new Rehearsal(topology, dictation);
    }

    @Override
    public synchronized Topology observe() {
        var servers = new LinkedHashMap<NodeName, NodeState>();
        before.nodes().keySet().forEach(name -> servers.put(name, nodes.get(name)));
        return new Topology(before.cluster(), before.at(), servers, poolerStates());
    }

    @Override
    public synchronized NodeState observe(NodeName node) {
        return nodes.getOrDefault(node, new NodeState.Unreachable("not observed"));
    }

    @Override
    public synchronized List<Problem> identityProblems(NodeName node) {
        return observe(node) instanceof NodeState.Unreachable unreachable
                ? List.of(Problem.error("node-unreachable", node + " could not be asked")
                        .detail(unreachable.reason() + "."))
                : List.of();
    }

    @Override
    public synchronized Duration checkpoint(NodeName node, Duration timeout) {
        if (!(observe(node) instanceof Running)) {
            throw new ProblemException(Problem.error("not-running", node + " does not run"));
        }
        tell(hosts -> hosts.checkpoint(node));
        return Duration.ZERO;
    }

    @Override
    public synchronized StopProof stop(NodeName node, StopMode mode, Duration timeout) {
        tell(hosts -> hosts.stop(node, mode));
        if (observe(node) instanceof Running running) {
            // A former primary that a tombstone made a standby is a primary again without it.
            if (!(running instanceof Standby && tombstones.contains(node))) {
                wasRunning.put(node, running);
            }
            var state = running instanceof Primary ? "shut down" : "shut down in recovery";
            nodes.put(node, new Stopped(control(running, state)));
        }
        return proveStopped(node);
    }

    private static ControlData control(Running running, String state) {
        var identity = running.identity();
        return new ControlData(identity.systemId(), state, running.position(), identity.timeline(), true, true);
    }

    @Override
    public synchronized StopProof proveStopped(NodeName node) {
        if (observe(node) instanceof Stopped stopped) {
            var control = stopped.control();
            return new StopProof(node, control.systemId(), control.timeline(), control.checkpoint());
        }
        throw new ProblemException(Problem.error("not-stopped", node + " is not proved to be stopped"));
    }

    @Override
    public void awaitExit(NodeName node, Duration timeout) {
        tell(hosts -> hosts.awaitExit(node));
    }

    @Override
    public synchronized void start(NodeName node, Duration timeout) {
        tell(hosts -> hosts.start(node));
        up(node);
    }

    private void up(NodeName node) {
        if (observe(node) instanceof Stopped stopped) {
            var was = wasRunning.containsKey(node) ? wasRunning.get(node) : PretendServer.of(observe(), node, stopped);
            nodes.put(
                    node,
                    was instanceof Primary primary && tombstones.contains(node)
                            ? standby(primary, stopped.control().checkpoint())
                            : was);
        }
    }

    private static Standby standby(Running running, Lsn at) {
        return new Standby(
                running.identity(),
                at,
                at,
                Optional.empty(),
                NodeState.ReplayPause.NOT_PAUSED,
                Duration.ZERO,
                List.of(),
                running.slots(),
                running.facts());
    }

    @Override
    public synchronized void restart(NodeName node, Duration timeout) {
        tell(hosts -> hosts.restart(node));
        var unmarked = observe(node) instanceof Standby && !tombstones.contains(node);
        if (unmarked && wasRunning.get(node) instanceof Primary primary) {
            nodes.put(node, primary);
        }
    }

    @Override
    public synchronized void tombstone(StopProof proof, NodeName upstream) {
        if (!prepared.contains(proof.node())) {
            tell(hosts -> hosts.prepareTombstone(proof.node(), upstream));
        }
        tell(hosts -> hosts.tombstone(proof.node()));
        tombstones.add(proof.node());
    }

    @Override
    public synchronized void prepareTombstone(NodeName node, NodeName upstream) {
        tell(hosts -> hosts.prepareTombstone(node, upstream));
        prepared.add(node);
    }

    @Override
    public synchronized boolean hasTombstone(NodeName node) {
        return tombstones.contains(node);
    }

    @Override
    public synchronized void removeTombstone(NodeName node) {
        tombstones.remove(node);
    }

    @Override
    public synchronized LsnProof awaitReceived(NodeName standby, StopProof proof, Duration timeout) {
        var state = standby(standby);
        return new LsnProof(
                standby,
                new Lsn(Math.max(state.received().value(), proof.checkpoint().value()) + SHUTDOWN_RECORD),
                proof);
    }

    @Override
    public synchronized void promote(NodeName node, Fenced fenced, Coverage received, Duration timeout) {
        var standby = standby(node);
        tell(hosts -> hosts.promote(node));
        var old = standby.identity();
        var identity = new NodeState.Identity(
                old.systemId(), new Timeline(old.timeline().id() + 1), old.version(), old.dataDirectory(), old.port());
        nodes.put(node, new Primary(identity, received.received(), List.of(), standby.slots(), standby.facts()));
        // PostgreSQL takes its own standby.signal away.
        tombstones.remove(node);
    }

    /// A tombstone for a server that was not stopped cleanly.
    synchronized void signal(NodeName node, Optional<NodeName> upstream) {
        upstream.ifPresent(other -> tell(hosts -> hosts.prepareTombstone(node, other)));
        tell(hosts -> hosts.tombstone(node));
        tombstones.add(node);
    }

    @Override
    public ReturnControl returns() {
        return new RehearsedReturn(this);
    }

    /// A node streams from here on, whatever it was.
    synchronized void comeBack(NodeName node, NodeName upstream) {
        if (!(observe(upstream) instanceof Primary server)) {
            throw new ProblemException(Problem.error("not-a-primary", upstream + " is not a primary"));
        }
        tombstones.add(node);
        nodes.put(node, standby(server, server.position()));
        stream(node, (Standby) observe(node), upstream, server);
    }

    @Override
    public FailoverControl failover() {
        return failover;
    }

    /// A standby is given the WAL that lies on the host of a stopped primary, up to a position.
    synchronized void give(NodeName standby, NodeName lost, Lsn end) {
        var state = standby(standby);
        tell(hosts -> hosts.fetchWal(standby, lost));
        nodes.put(
                standby,
                new Standby(
                        state.identity(),
                        end,
                        end,
                        Optional.empty(),
                        state.replayPause(),
                        state.applyDelay(),
                        state.senders(),
                        state.slots(),
                        state.facts()));
    }

    /// A node is in another state from here on.
    public synchronized void put(NodeName node, NodeState state) {
        nodes.put(node, state);
    }

    @Override
    public synchronized boolean streamsFrom(NodeName standby, NodeName upstream) {
        return observe(standby) instanceof Standby state
                && observe(upstream) instanceof Running server
                && state.upstream()
                        .filter(receiver -> receiver.host()
                                        .equals(cluster().node(upstream).host())
                                && receiver.port()
                                        == cluster().node(upstream).postgres().port()
                                && receiver.timeline()
                                        .equals(Optional.of(server.identity().timeline())))
                        .isPresent();
    }

    @Override
    public synchronized void follow(NodeName standby, NodeName upstream, Duration timeout) {
        if (!(observe(standby) instanceof Standby state) || !(observe(upstream) instanceof Running server)) {
            throw new ProblemException(Problem.error("cannot-follow", standby + " cannot follow " + upstream));
        }
        tell(hosts -> hosts.follow(standby, upstream));
        stream(standby, state, upstream, server);
    }

    private void stream(NodeName standby, Standby state, NodeName upstream, Running server) {
        var node = cluster().node(upstream);
        var receiver = new NodeState.Receiver(
                "streaming",
                node.host(),
                node.postgres().port(),
                Optional.of(server.identity().timeline()),
                Optional.empty());
        nodes.put(
                standby,
                new Standby(
                        server.identity(),
                        server.position(),
                        server.position(),
                        Optional.of(receiver),
                        state.replayPause(),
                        state.applyDelay(),
                        state.senders(),
                        state.slots(),
                        state.facts()));
    }

    @Override
    public synchronized void rejoin(NodeName node, NodeName upstream, Duration timeout) {
        var tombstoned = tombstones.contains(node);
        var running = observe(node) instanceof Running;
        tell(hosts -> hosts.rejoin(node, upstream, tombstoned, running));
        tombstones.add(node);
        up(node);
        if (!(observe(node) instanceof Standby state) || !(observe(upstream) instanceof Running server)) {
            throw new ProblemException(Problem.error("cannot-follow", node + " cannot follow " + upstream));
        }
        stream(node, state, upstream, server);
    }

    @Override
    public synchronized String requireStreaming(NodeName primary, Duration timeout) {
        var idle = cluster().nodes().stream()
                .map(Node::name)
                .filter(name -> !name.equals(primary) && !isStreaming(name, primary))
                .map(NodeName::value)
                .toList();
        if (!idle.isEmpty()) {
            throw new ProblemException(Problem.error(
                    "not-streaming", "%s would not stream from %s".formatted(String.join(", ", idle), primary)));
        }
        return "";
    }

    /// As it is looked at on real servers: the name its walreceiver has for the primary proves nothing.
    private boolean isStreaming(NodeName name, NodeName primary) {
        return observe(name) instanceof Standby standby
                && standby.isStreaming()
                && observe(primary) instanceof Running server
                && standby.upstream()
                        .flatMap(NodeState.Receiver::timeline)
                        .equals(Optional.of(server.identity().timeline()));
    }
}
