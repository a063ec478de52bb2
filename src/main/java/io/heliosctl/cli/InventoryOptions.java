package io.heliosctl.cli;

import io.heliosctl.document.TemplateFolder;
import io.heliosctl.inventory.Inventory;
import io.heliosctl.inventory.InventoryLocation;
import io.heliosctl.inventory.Secrets;
import io.heliosctl.inventory.Surroundings;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.runbook.Runbooks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which inventory, which templates, and what is set on the command line.
final class InventoryOptions {

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Default: $HELIOSCTL_INVENTORY, ./inventory.yaml, ~/.config/heliosctl/inventory.yaml, "
                    + "/etc/heliosctl/inventory.yaml, the first that is there.")
    private Path file;

    @Option(
            names = "--templates",
            paramLabel = "DIR",
            description = "Where templates are looked up before templates/ beside the inventory and the built-in ones.")
    private Path templates;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A value of the inventory, such as nodes.pgdb1.postgres.port=5433; for \"run\", without a dot, "
                            + "a parameter of the runbook. Repeatable.")
    private List<String> sets = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Optional<Inventory> read = Optional.empty();

    /// The inventory, read once.
    ///
    /// @throws InvalidDocumentException if there is none, or it is wrong
    Inventory inventory() {
        if (read.isEmpty()) {
            var settings = sets.stream().filter(set -> !isParameter(set)).toList();
            read = Optional.of(Inventory.read(location(), settings, surroundings()));
        }
        return read.orElseThrow();
    }

    private Path location() {
        return InventoryLocation.find(Optional.ofNullable(file).or(this::beforeTheCommand), surroundings());
    }

    private Optional<Path> beforeTheCommand() {
        return command.root().userObject() instanceof Heliosctl root ? root.inventory() : Optional.empty();
    }

    private static Surroundings surroundings() {
        return Surroundings.ofProcess();
    }

    List<Cluster> clusters() {
        return inventory().clusters();
    }

    /// The cluster of that name, or the one with a node or pooler of that name, or the only one.
    ///
    /// @throws io.heliosctl.inventory.SelectionException if that is no cluster, or not one
    Cluster cluster(Optional<String> name) {
        var inventory = inventory();
        return name.flatMap(given -> inventory.clusters().stream()
                        .filter(cluster -> cluster.name().equals(given) || hasMember(cluster, given))
                        .findFirst())
                .orElseGet(() -> inventory.select(name, Optional.empty()));
    }

    /// The same, where a node of it may be named elsewhere on the command line.
    Cluster cluster(Optional<String> name, Optional<String> node) {
        return inventory().select(name.map(given -> cluster(Optional.of(given)).name()), node);
    }

    private static boolean hasMember(Cluster cluster, String name) {
        return cluster.nodes().stream().anyMatch(node -> node.name().value().equals(name))
                || cluster.poolers().stream()
                        .anyMatch(pooler -> pooler.name().value().equals(name));
    }

    Secrets secrets(Cluster cluster) {
        return new Secrets(cluster.secrets(), surroundings(), Prompts::secret);
    }

    /// Parameters of a runbook given by `--set`: names without a dot.
    Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        sets.stream().filter(InventoryOptions::isParameter).forEach(set -> {
            int equals = set.indexOf('=');
            parameters.put(set.substring(0, equals), set.substring(equals + 1));
        });
        return parameters;
    }

    private static boolean isParameter(String set) {
        int equals = set.indexOf('=');
        return equals > 0 && set.lastIndexOf('.', equals) < 0;
    }

    TemplateFolder templates() {
        return TemplateFolder.of(Optional.ofNullable(templates), inventory().file());
    }

    /// The site's own runbooks, beside the inventory where there is one, and the built-in ones.
    Runbooks runbooks() {
        try {
            return new Runbooks(List.of(location().toAbsolutePath().resolveSibling("runbooks")));
        } catch (InvalidDocumentException e) {
            // Runbooks can be listed and checked without an inventory.
            return new Runbooks(List.of());
        }
    }
}
