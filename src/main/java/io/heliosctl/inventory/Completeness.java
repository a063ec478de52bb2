package io.heliosctl.inventory;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.inventory.ClusterTree.Host;
import io.heliosctl.inventory.Member.Setting;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What must be known in the end, no matter at which level it is written.
record Completeness(Problems problems) {

    private static final Pattern DEBIAN_UNIT = Pattern.compile("postgresql@([0-9.]+)-([^.]+)(\\.service)?");

    void check(ClusterTree cluster) {
        checkNodes(cluster.nodes(), Keys.DATA_DIR, "/var/lib/postgresql/%s/%s", "SHOW data_directory tells it.");
        checkNodes(cluster.nodes(), Keys.BIN_DIR, "/usr/lib/postgresql/%s/bin", "pg_config --bindir tells it.");
        cluster.poolers().forEach(this::checkSignalled);
        checkProbe(cluster);
    }

    private void checkNodes(List<Host> nodes, Setting<?> key, String debian, String otherwise) {
        var lacking = nodes.stream()
                .filter(node -> isMissing(Layers.section(node.tree(), "postgres"), key))
                .toList();
        if (lacking.isEmpty()) {
            return;
        }
        var names = lacking.stream().map(node -> node.name().value()).collect(Collectors.joining(", "));
        var first = lacking.getFirst();
        problems.add(Problem.error("missing-key", "postgres.%s is not given for %s".formatted(key.name(), names))
                .detail("It depends on the version and the distribution, so nothing is assumed.")
                .hint(debianHint(first, debian, otherwise))
                .at(first.name().place()));
    }

    /// Debian's paths follow from the unit's name (postgresql-common), but only the operator knows that it is
    /// Debian.
    private static String debianHint(Host node, String form, String otherwise) {
        var unit = new Effective(node.tree())
                .section("postgres")
                .find(Keys.SERVICE)
                .map(DEBIAN_UNIT::matcher);
        return unit.filter(matcher -> matcher.matches())
                .map(matcher ->
                        "Where Debian's packages made it: " + form.formatted(matcher.group(1), matcher.group(2)))
                .orElse(otherwise);
    }

    private void checkSignalled(Host pooler) {
        var pgbouncer = Layers.section(pooler.tree(), "pgbouncer");
        for (var process : Processes.of(pgbouncer)) {
            if (isMissing(process.tree(), PoolerKeys.SERVICE) && isMissing(process.tree(), PoolerKeys.PID_FILE)) {
                problems.add(Problem.error(
                                "missing-key",
                                "pooler %s has neither service nor pid_file"
                                        .formatted(pooler.name().value()))
                        .detail("Without one of them it cannot be told to reload.")
                        .hint("Where systemd runs it: pgbouncer: { service: pgbouncer }")
                        .at(pooler.name().place()));
            }
        }
    }

    /// The first of the databases is probed, and "*" is no name to connect to.
    private void checkProbe(ClusterTree cluster) {
        var named = Databases.of(cluster.settings()).stream()
                .findFirst()
                .flatMap(database -> new Effective(Layers.entries(database)).find(DatabaseKeys.NAME))
                .filter(name -> !name.equals("*"))
                .isPresent();
        var without = cluster.poolers().stream()
                .filter(pooler -> isMissing(Layers.section(pooler.tree(), "pgbouncer"), PoolerKeys.PROBE_DATABASE))
                .findFirst();
        if (!named && without.isPresent()) {
            problems.add(Problem.error(
                            "missing-key",
                            "pooler %s has no database to prove its route with"
                                    .formatted(without.orElseThrow().name().value()))
                    .detail("After a move a row is written through every pooler.")
                    .hint("List a database first (not \"*\"), or set pgbouncer.probe_database.")
                    .at(without.orElseThrow().name().place()));
        }
    }

    private static boolean isMissing(Entries tree, Setting<?> key) {
        return tree.find(key.name())
                .filter(value -> !(value instanceof Yaml.Text text && text.isNull()))
                .isEmpty();
    }
}
