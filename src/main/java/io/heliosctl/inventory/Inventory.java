package io.heliosctl.inventory;

import io.heliosctl.document.Json;
import io.heliosctl.document.Problems;
import io.heliosctl.document.Spelling;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.YamlReader;
import io.heliosctl.model.Bytes;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The clusters of one inventory file, checked and complete.
///
/// @param file where it was read; templates are looked up beside it
/// @param settings every value that counts, with its origin
public record Inventory(Path file, List<Cluster> clusters, List<EffectiveSetting> settings) {

    public Inventory {
        clusters = List.copyOf(clusters);
        settings = List.copyOf(settings);
    }

    /// Reads a file.
    ///
    /// @param sets what `--set` said, each `PATH=VALUE`
    /// @throws InvalidDocumentException with everything that is wrong, not just the first
    public static Inventory read(Path file, List<String> sets, Surroundings here) {
        var problems = new Problems();
        var tree = YamlReader.read(file, problems);
        return of(file, tree, sets, here, problems);
    }

    /// Reads bytes that are called by that name in messages.
    static Inventory read(String name, byte[] content, List<String> sets, Surroundings here) {
        var problems = new Problems();
        var tree = YamlReader.read(name, content, problems);
        return of(Path.of(name), tree, sets, here, problems);
    }

    private static Inventory of(
            Path file, Optional<Yaml> tree, List<String> sets, Surroundings here, Problems problems) {
        if (tree.isEmpty()) {
            throw new InvalidDocumentException(problems.inOrder());
        }
        var whole = !problems.hasErrors();
        new FormCheck(problems, false).check(InventoryForm.DOCUMENT, tree.orElseThrow(), "");
        var document = Layers.entries(tree.orElseThrow());
        var overrides = new Overrides(sets, names(document), problems);
        var trees = new ClusterTrees(document, overrides).all();
        new Checks(problems, whole).check(trees);
        problems.throwIfErrors();
        var reader = new ClusterReader(here);
        return new Inventory(
                file,
                trees.stream().map(reader::read).toList(),
                trees.stream()
                        .flatMap(cluster -> EffectiveSettings.of(cluster).stream())
                        .toList());
    }

    private static Map<String, Set<String>> names(Entries document) {
        var clusters = Layers.section(document, "clusters");
        return Map.of(
                "clusters", Set.copyOf(clusters.names()),
                "nodes", hosts(clusters, "nodes"),
                "poolers", hosts(clusters, "poolers"));
    }

    private static Set<String> hosts(Entries clusters, String key) {
        return clusters.entries().stream()
                .map(cluster -> Layers.section(Layers.entries(cluster.value()), key))
                .flatMap(hosts -> hosts.names().stream())
                .collect(Collectors.toSet());
    }

    /// SHA-256 of everything that counts for a cluster. Comments, order and the place where a value stands do
    /// not change it; of a secret only the place it is read from is in it.
    public String sha256(Cluster cluster) {
        var text = settings.stream()
                .filter(setting -> setting.cluster().equals(cluster.name()))
                .map(setting -> Json.line(List.of(setting.cluster(), setting.path(), setting.value())) + "\n")
                .sorted()
                .collect(Collectors.joining());
        return Bytes.of(text).sha256();
    }

    /// The cluster that is meant: by its name, by the name of one of its nodes, or because there is only one.
    ///
    /// @param cluster the cluster's name, if one was given
    /// @param node a node's name, if one was given (`--to`)
    /// @throws SelectionException if that is no cluster, or not one
    public Cluster select(Optional<String> cluster, Optional<String> node) {
        var owner = node.map(this::owner);
        if (cluster.isPresent()) {
            var named = named(cluster.orElseThrow());
            if (owner.isPresent() && !owner.orElseThrow().equals(named)) {
                throw new SelectionException(Problem.error(
                                "other-cluster",
                                "%s is a node of %s, not of %s"
                                        .formatted(
                                                node.orElseThrow(),
                                                owner.orElseThrow().name(),
                                                named.name()))
                        .hint("The nodes of %s: %s.".formatted(named.name(), words(nodes(named)))));
            }
            return named;
        }
        return owner.orElseGet(this::only);
    }

    private Cluster named(String name) {
        return clusters.stream()
                .filter(cluster -> cluster.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SelectionException(unknownCluster(name)));
    }

    private Problem unknownCluster(String name) {
        var problem = unknown("cluster", name, names());
        return clusters.stream()
                .filter(cluster -> nodes(cluster).contains(name))
                .findFirst()
                .map(cluster -> problem.hint(
                        "%s is a node of %s: name the cluster, or use --to %s.".formatted(name, cluster.name(), name)))
                .orElse(problem);
    }

    private Cluster owner(String node) {
        return clusters.stream()
                .filter(cluster -> nodes(cluster).contains(node))
                .findFirst()
                .orElseThrow(() -> new SelectionException(unknown(
                        "node",
                        node,
                        clusters.stream().flatMap(each -> nodes(each).stream()).toList())));
    }

    private Cluster only() {
        if (clusters.size() == 1) {
            return clusters.getFirst();
        }
        throw new SelectionException(Problem.error("which-cluster", file + " has " + clusters.size() + " clusters")
                .hint("Name one: " + words(names()) + "."));
    }

    private static Problem unknown(String kind, String name, Collection<String> known) {
        var problem = Problem.error("unknown-" + kind, "there is no %s \"%s\" in the inventory".formatted(kind, name))
                .detail("There: " + words(known) + ".");
        return problem.hint(Spelling.question(name, known));
    }

    private List<String> names() {
        return clusters.stream().map(Cluster::name).toList();
    }

    private static List<String> nodes(Cluster cluster) {
        return cluster.nodes().stream().map(Node::name).map(NodeName::value).toList();
    }

    private static String words(Collection<String> names) {
        return String.join(", ", names);
    }
}
