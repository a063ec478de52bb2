package io.heliosctl.run;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A pretend cluster with clients that write all the time, and somebody who watches it from outside: after
/// every single call it is looked at what must never be.
final class World {

    /// One acknowledged write, with all before it.
    private record Commit(Commit before, int depth) {

        /// Two writes of the same depth are different ones if they were made on different servers.
        @SuppressWarnings("ReferenceEquality")
        boolean has(Commit other) {
            var commit = this;
            while (commit.depth > other.depth) {
                commit = commit.before;
            }
            return commit == other;
        }
    }

    /// Something that a call does.
    @FunctionalInterface
    interface Effect {
        Object make() throws Throwable;
    }

    private final Rehearsal cluster;
    private final Plight plight;
    private final Underway underway;
    private final NodeName candidate;
    private final List<NodeName> nodes;
    private final Map<NodeName, Commit> data = new HashMap<>();
    private final Map<NodeName, Commit> acknowledged = new HashMap<>();
    private final Set<NodeName> frozen = new HashSet<>();
    private final Set<NodeName> configured = new HashSet<>();
    private Optional<NodeName> promoted = Optional.empty();
    private boolean unwatched;
    private boolean turned;
    private Set<Trial.Deed> others = EnumSet.noneOf(Trial.Deed.class);
    private Lsn furthest;
    private int errors;
    private int writes;

    World(Plight plight) {
        var topology = plight.topology();
        this.plight = plight;
        this.cluster = Rehearsal.of(topology);
        this.underway = new Underway(cluster);
        this.candidate = plight.to();
        this.furthest = Outside.furthest(topology);
        this.nodes = List.copyOf(topology.nodes().keySet());
        var first = new Commit(null, 0);
        nodes.forEach(node -> data.put(node, first));
        happen();
    }

    Rehearsal cluster() {
        return cluster;
    }

    /// The standby receives nothing from now on, though its walreceiver seems to stream.
    void freeze(NodeName standby) {
        frozen.add(standby);
    }

    /// Nothing is frozen any more.
    void thaw() {
        frozen.clear();
        happen();
    }

    /// Nobody comes back, and every switch that is armed fires.
    void fire() {
        // What has a tombstone taken away has its settings put back with it.
        var armed = cluster.switches().armed();
        cluster.switches().fire();
        nodes.stream().filter(node -> armed.contains(node.value())).forEach(configured::remove);
        happen();
    }

    /// True if the candidate was promoted.
    boolean isPromoted() {
        return promoted.isPresent();
    }

    /// True from when the old primary's switch was disarmed for the promotion; or where it could not be
    /// started.
    boolean isUnwatched() {
        return unwatched;
    }

    /// True from when the poolers' switches were told to let clients in to the new primary.
    boolean isTurned() {
        return turned;
    }

    /// Clients that were told no, where they should have waited.
    int errors() {
        return errors;
    }

    int writes() {
        return writes;
    }

    Set<NodeName> configured() {
        return configured;
    }

    /// The commands that are on their way.
    Underway underway() {
        return underway;
    }

    /// One more call begins.
    void tick() throws Throwable {
        if (underway.tick()) {
            happen();
        }
    }

    /// What is on its way arrives now.
    void arrive() throws Throwable {
        if (underway.arrive()) {
            happen();
        }
    }

    /// Lets a call have its effect, and the world go on.
    Object make(String name, Object[] arguments, Effect effect) throws Throwable {
        refuseTheImpossible(name, arguments);
        var streaming = streaming();
        var running = running();
        try {
            return effect.make();
        } finally {
            note(name, arguments);
            // A clean stop waits until everybody who streams has everything.
            streaming.forEach((standby, upstream) -> {
                if (running.contains(upstream) && !isRunning(upstream)) {
                    receive(standby, upstream);
                }
            });
            happen();
        }
    }

    /// Something that nobody who types has done.
    void happen(Trial.Deed deed) {
        others.add(deed);
        if (deed == Trial.Deed.COME_BACK) {
            Outside.comeBack(cluster, Plight.FROM);
        } else {
            cluster.put(Clusters.PG3, new NodeState.Unreachable("no answer"));
        }
        happen();
    }

    /// As before every failover, when nothing is written down yet.
    void tellLosses() {
        if (plight.isFailover()) {
            cluster.failover().loss(candidate, Plight.FROM);
        }
    }

    /// True if the old primary came back, or a standby went.
    boolean isChangedByOthers() {
        return !others.isEmpty();
    }

    /// True if two may accept writes without anybody having made it so who types: from the beginning, or since
    /// a primary came back that was said to be off.
    boolean mayBeTwo() {
        return plight.equals(Plight.SPLIT_BRAIN) || (others.contains(Trial.Deed.COME_BACK) && isPromoted());
    }

    /// What the rehearsal does not know: who has which bytes.
    private void refuseTheImpossible(String name, Object[] arguments) {
        if (name.equals("promote") && plight.isFailover()) {
            Outside.requireGround(cluster, plight, arguments, furthest);
        }
        if (name.equals("pause") && plight.hangs()) {
            throw new ProblemException(Problem.error("pause-timed-out", "transactions hang"));
        }
        if (name.equals("awaitReceived")
                && !data.get((NodeName) arguments[0]).has(data.get(((StopProof) arguments[1]).node()))) {
            throw new ProblemException(Problem.error("wal-missing", arguments[0] + " has not received everything"));
        }
        if ((name.equals("follow") || name.equals("rejoin"))
                && !data.get((NodeName) arguments[1]).has(data.get((NodeName) arguments[0]))) {
            throw new ProblemException(
                    Problem.error("diverged", arguments[0] + " has what " + arguments[1] + " lacks"));
        }
    }

    private void note(String name, Object[] arguments) {
        switch (name) {
            case "prepareTombstone" -> configured.add((NodeName) arguments[0]);
            case "tombstone" -> configured.add(((StopProof) arguments[0]).node());
            case "removeTombstone" -> configured.remove((NodeName) arguments[0]);
            case "lastWord" -> {
                unwatched = true;
                turned = true;
            }
            case "holdSwitch" -> {
                unwatched = false;
                turned = false;
            }
            case "settleSwitch" -> unwatched = !isRunning((NodeName) arguments[0]);
            case "armSwitch" -> turned = false;
            case "start" -> unwatched = false;
            case "stop", "restart" -> underway.forgetPromotion((NodeName) arguments[0]);
            default -> {}
        }
    }

    /// Who accepts writes.
    List<NodeName> primaries() {
        return nodes.stream()
                .filter(node -> cluster.observe(node) instanceof NodeState.Primary)
                .toList();
    }

    /// Some time passes.
    void happen() {
        var primaries = primaries();
        ensure(primaries.size() <= 1 || mayBeTwo(), () -> "two nodes accept writes: " + primaries);
        if (promoted.isEmpty() && primaries.contains(candidate) && !candidate.equals(Plight.FROM)) {
            promoted = Optional.of(candidate);
            acknowledged.forEach((node, last) ->
                    ensure(data.get(candidate).has(last), () -> "acknowledged by " + node + ", lost by the promotion"));
        }
        ensure(
                promoted.isEmpty() || mayBeTwo() || primaries.equals(List.of(candidate)),
                () -> candidate + " was promoted, and now these accept writes: " + primaries);
        promoted.filter(primary -> !mayBeTwo())
                .ifPresent(primary -> nodes.stream()
                        .filter(node -> !node.equals(primary) && cluster.observe(node) instanceof NodeState.Stopped)
                        .forEach(node -> ensure(
                                cluster.hasTombstone(node),
                                () -> primary + " was promoted, and " + node + " would start as one")));
        replicate();
        cluster.cluster().poolers().forEach(pooler -> write(pooler.name()));
    }

    private void replicate() {
        streaming().forEach((standby, upstream) -> receive(standby, upstream));
    }

    private void receive(NodeName standby, NodeName upstream) {
        if (!frozen.contains(standby) && data.get(upstream).has(data.get(standby))) {
            data.put(standby, data.get(upstream));
        }
    }

    private void write(PoolerName pooler) {
        if (cluster.isPaused(pooler)) {
            return;
        }
        for (var target : nodes) {
            if (cluster.pointsAt(pooler, target) && cluster.observe(target) instanceof NodeState.Primary) {
                var last = data.get(target);
                var next = new Commit(last, last.depth() + 1);
                data.put(target, next);
                acknowledged.put(target, next);
                writes++;
                return;
            }
        }
        errors++;
    }

    private Map<NodeName, NodeName> streaming() {
        var streaming = new LinkedHashMap<NodeName, NodeName>();
        for (var standby : nodes) {
            if (!(cluster.observe(standby) instanceof NodeState.Standby)) {
                continue;
            }
            for (var upstream : nodes) {
                if (cluster.streamsFrom(standby, upstream)) {
                    streaming.put(standby, upstream);
                }
            }
        }
        return streaming;
    }

    private Set<NodeName> running() {
        var running = new HashSet<NodeName>();
        nodes.stream().filter(this::isRunning).forEach(running::add);
        return running;
    }

    private boolean isRunning(NodeName node) {
        return cluster.observe(node) instanceof NodeState.Running;
    }

    /// What somebody who looks sees, but for positions.
    String picture() {
        var picture = new StringBuilder();
        for (var node : nodes) {
            picture.append(node)
                    .append(' ')
                    .append(cluster.observe(node).getClass().getSimpleName())
                    .append(cluster.hasTombstone(node) ? " tombstone" : "")
                    .append(configured.contains(node) ? " configured" : "");
            nodes.stream()
                    .filter(upstream -> cluster.streamsFrom(node, upstream))
                    .forEach(upstream -> picture.append(" from ").append(upstream));
            picture.append('\n');
        }
        for (var pooler : cluster.cluster().poolers()) {
            picture.append(pooler.name()).append(cluster.isPaused(pooler.name()) ? " paused" : " active");
            nodes.stream()
                    .filter(node -> cluster.pointsAt(pooler.name(), node))
                    .forEach(node -> picture.append(" to ").append(node));
            picture.append('\n');
        }
        return picture.toString();
    }

    /// Who lacks what of whom; somebody who streams always lags a little.
    String lags() {
        var lags = new StringBuilder();
        for (var node : nodes) {
            nodes.stream()
                    .filter(other -> !data.get(node).has(data.get(other)))
                    .forEach(other ->
                            lags.append(node).append(" lacks of ").append(other).append('\n'));
        }
        return lags.append(frozen).append(others).append(furthest).toString();
    }

    private static void ensure(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
