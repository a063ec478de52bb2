package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A pretend copy of an observed cluster: what a plan would do to it, in memory. It lets nothing happen that
/// PostgreSQL would not let happen.
public final class Rehearsal implements ClusterControl {

    /// The bytes of a shutdown checkpoint record, about.
    private static final long SHUTDOWN_RECORD = 0x78;

    private final Topology before;
    private final Map<NodeName, NodeState> nodes;
    private final Map<NodeName, Running> wasRunning = new HashMap<>();
    private final Set<NodeName> tombstones = new HashSet<>();
    private final Set<PoolerName> paused = new HashSet<>();
    private final Map<PoolerName, NodeName> targets = new HashMap<>();

    private final PretendSwitches switches = new PretendSwitches(this);
    private final Scene scene = Scene.pretended();
    private final List<String> listed = new ArrayList<>();

    private Rehearsal(Topology before) {
        this.before = before;
        this.nodes = new HashMap<>(before.nodes());
        before.poolers().forEach((name, state) -> {
            before.target(name).ifPresent(target -> targets.put(name, target));
            if (state instanceof PoolerState.Answering answering && answering.isPaused()) {
                paused.add(name);
            }
        });
    }

    public static Rehearsal of(Topology topology) {
        return new Rehearsal(topology);
    }

    @Override
    public Cluster cluster() {
        return before.cluster();
    }

    @Override
    public synchronized Topology observe() {
        return new Topology(before.cluster(), before.at(), nodes, before.poolers());
    }

    @Override
    public synchronized NodeState observe(NodeName node) {
        return nodes.getOrDefault(node, new NodeState.Unreachable("not observed"));
    }

    @Override
    public PoolerState observe(PoolerName pooler) {
        return before.state(pooler);
    }

    @Override
    public synchronized List<Problem> identityProblems(NodeName node) {
        return observe(node) instanceof NodeState.Unreachable unreachable
                ? List.of(Problem.error("node-unreachable", node + " could not be asked")
                        .detail(unreachable.reason() + "."))
                : List.of();
    }

    @Override
    public Duration checkpoint(NodeName node, Duration timeout) {
        return Duration.ZERO;
    }

    @Override
    public synchronized StopProof stop(NodeName node, StopMode mode, Duration timeout) {
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
    public void awaitExit(NodeName node, Duration timeout) {}

    @Override
    public synchronized void start(NodeName node, Duration timeout) {
        if (!(observe(node) instanceof Stopped stopped)) {
            return;
        }
        var was = wasRunning.get(node);
        if (was == null) {
            throw new ProblemException(Problem.error("cannot-start", node + " was not running before"));
        }
        if (was instanceof Primary primary && tombstones.contains(node)) {
            nodes.put(node, standby(primary, stopped.control().checkpoint()));
        } else {
            nodes.put(node, was);
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
    public void restart(NodeName node, Duration timeout) {}

    @Override
    public synchronized void tombstone(StopProof proof, NodeName upstream) {
        tombstones.add(proof.node());
    }

    @Override
    public void prepareTombstone(NodeName node, NodeName upstream) {}

    @Override
    public void stage(PoolerName pooler, NodeName primary) {}

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
        if (!(observe(standby) instanceof Standby state)) {
            throw new ProblemException(Problem.error("not-a-standby", standby + " is not a running standby"));
        }
        return new LsnProof(
                standby,
                new Lsn(Math.max(state.received().value(), proof.checkpoint().value()) + SHUTDOWN_RECORD),
                proof);
    }

    @Override
    public synchronized void promote(NodeName node, Fenced fenced, Coverage received, Duration timeout) {
        if (!(observe(node) instanceof Standby standby)) {
            throw new ProblemException(Problem.error("not-a-standby", node + " is not a running standby"));
        }
        var old = standby.identity();
        var identity = new NodeState.Identity(
                old.systemId(), new Timeline(old.timeline().id() + 1), old.version(), old.dataDirectory(), old.port());
        nodes.put(node, new Primary(identity, received.received(), List.of(), standby.slots(), standby.facts()));
    }

    @Override
    public FailoverControl failover() {
        return new RehearsedFailover(this);
    }

    /// A node is in another state from here on.
    synchronized void put(NodeName node, NodeState state) {
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
        start(node, timeout);
        follow(node, upstream, timeout);
    }

    @Override
    public String requireStreaming(NodeName primary, Duration timeout) {
        return "";
    }

    @Override
    public synchronized boolean isPaused(PoolerName pooler) {
        return paused.contains(pooler);
    }

    @Override
    public synchronized String pause(List<PoolerName> poolers, PauseLimits limits) {
        paused.addAll(poolers);
        return "";
    }

    @Override
    public synchronized void resume(PoolerName pooler) {
        paused.remove(pooler);
    }

    @Override
    public synchronized void kill(PoolerName pooler, Duration timeout) {
        paused.add(pooler);
    }

    @Override
    public synchronized boolean pointsAt(PoolerName pooler, NodeName primary) {
        return primary.equals(targets.get(pooler));
    }

    @Override
    public synchronized void point(PoolerName pooler, NodeName primary, Duration timeout) {
        targets.put(pooler, primary);
    }

    @Override
    public String routingDifference(PoolerName pooler, NodeName primary) {
        return "";
    }

    @Override
    public synchronized String writeThrough(PoolerName pooler, Duration timeout) {
        var target = targets.get(pooler);
        if (paused.contains(pooler) || !(target != null && observe(target) instanceof Primary)) {
            throw new ProblemException(Problem.error("write-failed", "could not write through " + pooler));
        }
        return target.value();
    }

    /// The pretend dead-man's switches, which a test can let fire.
    public PretendSwitches switches() {
        return switches;
    }

    @Override
    public synchronized void readySwitch(PoolerName pooler, Duration budget) {}

    @Override
    public synchronized void armSwitch(List<PoolerName> poolers, Duration budget) {
        poolers.forEach(pooler -> switches.arm(pooler, targets.get(pooler)));
    }

    @Override
    public synchronized boolean hasSwitch(PoolerName pooler) {
        return switches.isArmed(pooler);
    }

    @Override
    public synchronized String disarmSwitch(PoolerName pooler) {
        return switches.disarm(pooler);
    }

    @Override
    public synchronized void readySwitch(NodeName node, Duration budget) {}

    @Override
    public synchronized void armSwitch(NodeName node, Duration budget) {
        switches.arm(node);
    }

    @Override
    public synchronized boolean hasSwitch(NodeName node) {
        return switches.isArmed(node);
    }

    @Override
    public synchronized void requireSwitch(NodeName node) {
        switches.require(node);
    }

    @Override
    public synchronized boolean settleSwitch(NodeName node, Duration timeout) {
        return switches.settle(node);
    }

    @Override
    public synchronized void lastWord(Optional<NodeName> oldPrimary) {
        switches.lastWord(oldPrimary);
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public synchronized Errand.Result execute(String host, Errand errand) {
        listed.add(host + ": " + String.join(" ", errand.words()));
        return new Errand.Result(0, "", "");
    }

    @Override
    public synchronized List<Map<String, Object>> query(NodeName node, String sql, boolean readOnly, Duration timeout) {
        listed.add(node + ": " + sql);
        return List.of();
    }

    @Override
    public synchronized boolean confirm(String question, Duration timeout) {
        listed.add("asked: " + question);
        return true;
    }

    /// What the site's own steps would have done, in order: none of it was.
    public synchronized List<String> listed() {
        return List.copyOf(listed);
    }
}
