package io.heliosctl.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One observation of a whole cluster.
public record Topology(
        Cluster cluster, Instant at, Map<NodeName, NodeState> nodes, Map<PoolerName, PoolerState> poolers) {

    public Topology {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        poolers = Collections.unmodifiableMap(new LinkedHashMap<>(poolers));
    }

    /// Every server that accepts writes. More than one is split brain.
    public List<NodeName> primaries() {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof NodeState.Primary)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The one server that accepts writes; empty if there is none, or more than one.
    public Optional<NodeName> primary() {
        return Optional.of(primaries()).filter(all -> all.size() == 1).map(List::getFirst);
    }

    /// What a node was; unreachable if it was not observed.
    public NodeState state(NodeName name) {
        return nodes.getOrDefault(name, new NodeState.Unreachable("not observed"));
    }

    /// What a pooler was; unreachable if it was not observed.
    public PoolerState state(PoolerName name) {
        return poolers.getOrDefault(name, new PoolerState.Unreachable("not observed"));
    }

    /// The node a standby streams from, as far as that is known: the one its walreceiver names, or the primary
    /// if that lists a standby of this name (a host may go by a name the inventory does not have).
    public Optional<NodeName> upstream(NodeName standby) {
        if (!(state(standby) instanceof NodeState.Standby state)
                || state.upstream().isEmpty()) {
            return Optional.empty();
        }
        var receiver = state.upstream().get();
        return cluster.nodes().stream()
                .filter(node ->
                        node.postgres().port() == receiver.port() && node.host().equals(receiver.host()))
                .map(Node::name)
                .findFirst()
                .or(() -> primaries().stream()
                        .filter(primary -> ((NodeState.Primary) state(primary))
                                .senders().stream()
                                        .anyMatch(sender ->
                                                sender.applicationName().equals(standby.value())))
                        .findFirst());
    }

    /// Where a pooler leads: the name of the node, if all of its databases lead to one node.
    public Optional<NodeName> target(PoolerName pooler) {
        if (!(state(pooler) instanceof PoolerState.Answering answering)) {
            return Optional.empty();
        }
        var routes = answering.instances().stream()
                .flatMap(instance -> instance.routes().stream())
                .toList();
        var host = cluster.pooler(pooler).host();
        return cluster.nodes().stream()
                .filter(node -> !routes.isEmpty() && routes.stream().allMatch(route -> route.leadsTo(node, host)))
                .map(Node::name)
                .findFirst();
    }
}
