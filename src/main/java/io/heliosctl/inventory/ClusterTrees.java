package io.heliosctl.inventory;

import static io.heliosctl.inventory.Layers.builtIn;
import static io.heliosctl.inventory.Layers.entries;
import static io.heliosctl.inventory.Layers.over;
import static io.heliosctl.inventory.Layers.pick;
import static io.heliosctl.inventory.Layers.section;

import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.Yaml.Entry;
import io.heliosctl.document.Yaml.Text;
import io.heliosctl.inventory.ClusterTree.Host;
import java.util.List;
import java.util.Set;

/// Puts the layers of an inventory over each other: built in, defaults, cluster, host, `--set`.
record ClusterTrees(Entries document, Overrides overrides) {

    private static final Set<String> OF_NODE = Set.of("ssh", "postgres", "fence");
    private static final Set<String> OF_POOLER = Set.of("ssh", "pgbouncer");
    private static final Set<String> OF_CLUSTER = Set.of("environment", "vars");

    List<ClusterTree> all() {
        return section(document, "clusters").entries().stream()
                .map(this::cluster)
                .toList();
    }

    private ClusterTree cluster(Entry written) {
        var cluster = entries(written.value());
        return new ClusterTree(
                written.key(),
                settings(written.name(), cluster),
                section(cluster, "nodes").entries().stream()
                        .map(node -> node(written.name(), cluster, node))
                        .toList(),
                section(cluster, "poolers").entries().stream()
                        .map(pooler -> pooler(written.name(), cluster, pooler))
                        .toList());
    }

    private Entries settings(String name, Entries cluster) {
        var defaults = section(document, "defaults");
        return over(
                pick(builtIn(InventoryForm.CLUSTER), OF_CLUSTER),
                pick(defaults, OF_CLUSTER),
                pick(cluster, Set.of("environment", "vars", "databases")),
                pick(overrides.everywhere(), OF_CLUSTER),
                pick(overrides.cluster(name), OF_CLUSTER),
                secrets(cluster));
    }

    /// A secret of the cluster replaces one of the file as a whole: two places to read it from would be one
    /// too many.
    private Entries secrets(Entries cluster) {
        var own = section(cluster, "secrets");
        var shared = section(document, "secrets");
        var inherited = shared.entries().stream()
                .filter(entry -> own.find(entry.name()).isEmpty())
                .toList();
        var all = over(new Entries(inherited, shared.place()), own);
        return new Entries(List.of(new Entry(new Text("secrets", false, all.place()), all)), all.place());
    }

    private Host node(String cluster, Entries clusterTree, Entry node) {
        var own = over(builtIn(InventoryForm.NODE), shared(clusterTree, OF_NODE), entries(node.value()));
        return new Host(
                node.key(),
                over(
                        own,
                        pick(overrides.everywhere(), OF_NODE),
                        pick(overrides.cluster(cluster), OF_NODE),
                        overrides.node(node.name())));
    }

    private Host pooler(String cluster, Entries clusterTree, Entry pooler) {
        var own = over(builtIn(InventoryForm.POOLER), shared(clusterTree, OF_POOLER), entries(pooler.value()));
        return new Host(
                pooler.key(),
                over(
                        own,
                        pick(overrides.everywhere(), OF_POOLER),
                        pick(overrides.cluster(cluster), OF_POOLER),
                        overrides.pooler(pooler.name())));
    }

    private Entries shared(Entries cluster, Set<String> keys) {
        return over(pick(section(document, "defaults"), keys), pick(cluster, keys));
    }
}
