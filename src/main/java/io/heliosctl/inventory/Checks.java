package io.heliosctl.inventory;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.Yaml.Text;
import io.heliosctl.inventory.ClusterTree.Host;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What no single value can get wrong: names and addresses that occur twice, and production that does not say
/// so.
///
/// @param whole everything in the file could be read, so that what is not there is missing
record Checks(Problems problems, boolean whole) {

    /// What people call production; only one spelling of it is asked about.
    private static final Set<String> ALMOST_PRODUCTION = Set.of("production", "prod", "prd", "produktion", "live");

    void check(List<ClusterTree> clusters) {
        var nodes = clusters.stream().flatMap(tree -> tree.nodes().stream()).toList();
        var poolers = clusters.stream().flatMap(tree -> tree.poolers().stream()).toList();
        uniqueNames("node", nodes);
        uniqueNames("pooler", poolers);
        uniqueServers(nodes);
        uniqueSockets(poolers);
        for (var cluster : clusters) {
            if (whole) {
                new Completeness(problems).check(cluster);
            }
            checkEnvironment(cluster.settings());
            checkSecrets(Layers.section(cluster.settings(), "secrets"));
            checkDatabases(cluster.settings());
            cluster.nodes().forEach(this::checkFence);
        }
    }

    /// A command that was answered by 0 proves nothing until something else says so too.
    private void checkFence(Host node) {
        var fence = new Effective(node.tree()).section("fence");
        var command = fence.find(Keys.FENCE_COMMAND).filter(words -> !words.isEmpty());
        var check = fence.find(Keys.FENCE_CHECK).filter(words -> !words.isEmpty());
        if (command.isPresent() != check.isPresent()) {
            problems.add(Problem.error(
                            "fence-unchecked",
                            "the fence of node %s has no %s"
                                    .formatted(node.name().value(), command.isPresent() ? "check" : "command"))
                    .detail("That a command ended with status 0 does not say that the host is off.")
                    .hint("Write both: a command that fences, and a check that says whether it is fenced.")
                    .at(node.name().place()));
        }
    }

    private void uniqueNames(String kind, List<Host> hosts) {
        unique(
                hosts,
                host -> host.name().value(),
                (host, earlier) -> Problem.error(
                                "duplicate-name",
                                "%s name \"%s\" is used twice"
                                        .formatted(kind, host.name().value()))
                        .detail("Also at " + earlier.place() + ".")
                        .hint("A %s's name is unique in the file, so that it names the cluster too.".formatted(kind)));
    }

    private void uniqueServers(List<Host> nodes) {
        unique(
                nodes,
                Checks::address,
                (node, earlier) -> Problem.error(
                                "duplicate-server",
                                "nodes %s and %s are the same server, %s"
                                        .formatted(earlier.value(), node.name().value(), address(node)))
                        .detail(earlier.value() + " is at " + earlier.place() + ".")
                        .hint("Give one of them another host or another postgres.port."));
    }

    private static String address(Host node) {
        var effective = new Effective(node.tree());
        return effective
                        .find(Keys.HOST_ADDRESS)
                        .orElse(node.name().value() + "?")
                        .toLowerCase(Locale.ROOT)
                + " port "
                + effective
                        .section("postgres")
                        .find(Keys.PORT)
                        .map(String::valueOf)
                        .orElse("?");
    }

    /// A process is told from its siblings by its socket, which carries the port in its name.
    private void uniqueSockets(List<Host> poolers) {
        var seen = new HashMap<String, Text>();
        for (var pooler : poolers) {
            var effective = new Effective(pooler.tree());
            var pgbouncer = effective.section("pgbouncer");
            var host = effective.find(Keys.HOST_ADDRESS).orElse(pooler.name().value() + "?");
            var port = pgbouncer.find(PoolerKeys.PORT).map(String::valueOf).orElse("?");
            for (var process : Processes.of(pgbouncer.tree())) {
                var socket = process.find(PoolerKeys.SOCKET_DIR).orElse("?") + "/.s.PGSQL." + port;
                var earlier = seen.putIfAbsent(host.toLowerCase(Locale.ROOT) + " " + socket, pooler.name());
                if (earlier != null) {
                    problems.add(Problem.error(
                                    "duplicate-socket",
                                    "two PgBouncer processes on %s have the socket %s".formatted(host, socket))
                            .detail("Those of %s and %s."
                                    .formatted(earlier.value(), pooler.name().value()))
                            .hint("Give each process its own socket_dir, or each PgBouncer its own port.")
                            .at(pooler.name().place()));
                }
            }
        }
    }

    private void unique(List<Host> hosts, Function<Host, String> key, Complaint complaint) {
        var seen = new HashMap<String, Text>();
        for (var host : hosts) {
            var earlier = seen.putIfAbsent(key.apply(host), host.name());
            if (earlier != null) {
                problems.add(complaint.about(host, earlier).at(host.name().place()));
            }
        }
    }

    private interface Complaint {
        Problem about(Host host, Text earlier);
    }

    private void checkEnvironment(Entries settings) {
        settings.find("environment")
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .ifPresent(written -> {
                    var word = written.value();
                    if (!word.equals("production") && ALMOST_PRODUCTION.contains(word.toLowerCase(Locale.ROOT))) {
                        problems.add(Problem.error(
                                        "almost-production",
                                        "environment \"" + word + "\" is not known to be production")
                                .detail(
                                        "Only where environment is \"production\" do dangerous commands ask for the cluster's name.")
                                .hint("Write production.")
                                .at(written.place()));
                    }
                });
    }

    private void checkSecrets(Entries secrets) {
        for (var secret : secrets.entries()) {
            if (!(secret.value() instanceof Entries written)) {
                continue;
            }
            if (written.entries().size() != 1) {
                problems.add(Problem.error(
                                "secret-source",
                                "secret \"%s\" must say exactly one place to read it from".formatted(secret.name()))
                        .hint("Write one of file, env, command and prompt.")
                        .at(secret.key().place()));
            } else if (new Effective(written)
                    .find(SecretKeys.COMMAND)
                    .filter(List::isEmpty)
                    .isPresent()) {
                problems.add(Problem.error(
                                "secret-source", "the command of secret \"%s\" has no words".formatted(secret.name()))
                        .hint("Write it as [pass, show, pg/main/replicator].")
                        .at(secret.key().place()));
            }
        }
    }

    private void checkDatabases(Entries settings) {
        Map<String, Place> seen = new HashMap<>();
        for (var database : Databases.of(settings)) {
            new Effective(Layers.entries(database)).find(DatabaseKeys.NAME).ifPresent(name -> {
                var earlier = seen.putIfAbsent(name, database.place());
                if (earlier != null) {
                    problems.add(Problem.error("duplicate-database", "database \"" + name + "\" is listed twice")
                            .detail("Also at " + earlier + ".")
                            .hint("Delete one of the two.")
                            .at(database.place()));
                }
            });
        }
    }
}
