package io.heliosctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A PostgreSQL cluster as declared in the inventory. It never says who is primary.
///
/// @param environment free text; `production` makes dangerous commands ask for the cluster's name
/// @param vars values for the site's own templates and runbooks: strings, numbers, booleans, lists and maps
///     of them
/// @param secrets where each secret is read from, by name
public record Cluster(
        String name,
        String environment,
        Map<String, Object> vars,
        List<Node> nodes,
        List<Pooler> poolers,
        List<Database> databases,
        Map<String, SecretSource> secrets) {

    public Cluster {
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
        nodes = List.copyOf(nodes);
        poolers = List.copyOf(poolers);
        databases = List.copyOf(databases);
        secrets = Map.copyOf(secrets);
    }

    /// The node of that name.
    ///
    /// @throws IllegalArgumentException if the cluster has none; names are checked where they enter
    public Node node(NodeName name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no node " + name + " in " + this.name));
    }

    public Optional<Node> find(NodeName name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /// The pooler of that name.
    ///
    /// @throws IllegalArgumentException if the cluster has none
    public Pooler pooler(PoolerName name) {
        return poolers.stream()
                .filter(pooler -> pooler.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pooler " + name + " in " + this.name));
    }

    /// The names of all nodes but that one, in order.
    public List<NodeName> others(NodeName name) {
        return nodes.stream()
                .map(Node::name)
                .filter(other -> !other.equals(name))
                .toList();
    }

    public boolean isProduction() {
        return environment.equals("production");
    }
}
