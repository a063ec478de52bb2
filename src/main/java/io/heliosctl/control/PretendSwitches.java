package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The dead-man's switches of a pretend cluster. Nothing fires by itself there: a test lets them fire.
public final class PretendSwitches {

    private final ClusterControl cluster;
    private final Map<PoolerName, Optional<NodeName>> back = new HashMap<>();
    private final Map<PoolerName, Optional<NodeName>> forward = new HashMap<>();
    private final Set<NodeName> nodes = new HashSet<>();
    private final Set<String> fired = new HashSet<>();

    PretendSwitches(ClusterControl cluster) {
        this.cluster = cluster;
    }

    /// What has fired is waited for, and can be armed again.
    void ready(PoolerName pooler) {
        fired.remove(pooler.value());
    }

    /// One that is armed already keeps its way, and the file that was live when it was armed first,
    /// as a real one does.
    void arm(PoolerName pooler, NodeName target) {
        refuseIfFired(pooler.value());
        if (!isArmed(pooler)) {
            back.put(pooler, Optional.ofNullable(target));
        }
    }

    void arm(NodeName node) {
        refuseIfFired(node.value());
        nodes.add(node);
    }

    boolean isArmed(PoolerName pooler) {
        return back.containsKey(pooler) || forward.containsKey(pooler);
    }

    boolean isArmed(NodeName node) {
        return nodes.contains(node);
    }

    String disarm(PoolerName pooler) {
        back.remove(pooler);
        forward.remove(pooler);
        return fired.contains(pooler.value()) ? "its switch had fired" : "";
    }

    void require(NodeName node) {
        refuseIfFired(node.value());
    }

    boolean hold(NodeName node) {
        if (fired.contains(node.value())) {
            return true;
        }
        nodes.add(node);
        back.putAll(forward);
        forward.clear();
        return false;
    }

    boolean settle(NodeName node) {
        nodes.remove(node);
        return fired.contains(node.value());
    }

    void lastWord(Optional<NodeName> oldPrimary) {
        back.keySet().forEach(pooler -> refuseIfFired(pooler.value()));
        oldPrimary.ifPresent(name -> refuseIfFired(name.value()));
        cluster.cluster()
                .poolers()
                .forEach(pooler -> refuseIfFired(pooler.name().value()));
        oldPrimary.ifPresent(nodes::remove);
        forward.putAll(back);
        back.clear();
    }

    private void refuseIfFired(String target) {
        if (fired.contains(target)) {
            throw new ProblemException(
                    Problem.error("switch-fired", "the dead-man's switch of " + target + " has fired"));
        }
    }

    /// The names of the nodes and poolers whose switch is armed now.
    public List<String> armed() {
        synchronized (cluster) {
            var names = new TreeSet<String>();
            back.keySet().forEach(pooler -> names.add(pooler.value()));
            forward.keySet().forEach(pooler -> names.add(pooler.value()));
            nodes.forEach(node -> names.add(node.value()));
            return List.copyOf(names);
        }
    }

    /// Lets every armed switch fire, as it does when nobody comes back: the old primary first, for its budget
    /// is shorter.
    public void fire() {
        synchronized (cluster) {
            List.copyOf(nodes).forEach(node -> fire(node.value()));
            armed().forEach(this::fire);
        }
    }

    /// Lets the switch of one node or pooler fire if it is armed.
    public void fire(String name) {
        synchronized (cluster) {
            List.copyOf(nodes).stream()
                    .filter(node -> node.value().equals(name))
                    .forEach(this::bringBack);
            cluster.cluster().poolers().stream()
                    .filter(pooler -> pooler.name().value().equals(name) && isArmed(pooler.name()))
                    .forEach(pooler -> letIn(pooler.name()));
        }
    }

    private void bringBack(NodeName node) {
        nodes.remove(node);
        fired.add(node.value());
        cluster.removeTombstone(node);
        if (cluster.observe(node) instanceof NodeState.Stopped) {
            cluster.start(node, Duration.ZERO);
        }
    }

    private void letIn(PoolerName pooler) {
        fired.add(pooler.value());
        Optional.ofNullable(back.remove(pooler))
                .flatMap(target -> target)
                .ifPresent(target -> cluster.point(pooler, target, Duration.ZERO));
        forward.remove(pooler);
        cluster.resume(pooler);
    }

    /// A resumed run has settled them: what has fired is forgotten.
    public void forget() {
        synchronized (cluster) {
            fired.clear();
        }
    }

    /// What is armed, which way, and what has fired.
    @Override
    public String toString() {
        synchronized (cluster) {
            return "back %s forward %s nodes %s fired %s"
                    .formatted(
                            new TreeMap<>(back),
                            new TreeSet<>(forward.keySet()),
                            new TreeSet<>(nodes),
                            new TreeSet<>(fired));
        }
    }
}
