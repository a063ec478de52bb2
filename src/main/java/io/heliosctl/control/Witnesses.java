package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Sighting;
import io.heliosctl.model.Sighting.Answer;
import io.heliosctl.model.Sighting.Way;
import io.heliosctl.model.SshSettings;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Asks everybody at once whether a primary is alive, each from where he stands.
final class Witnesses {

    /// pg_isready answers 0 if the server takes connections, 1 if it refuses them (such as while it starts), 2
    /// if there was no answer, 3 if it was called wrongly (PostgreSQL manual, "pg_isready").
    private static final String IS_READY = """
            [ -x "$1" ] || { echo "no program $1"; exit 3; }
            LC_ALL=C exec "$1" -h "$2" -p "$3" -t 3 </dev/null
            """;

    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final Duration WATCH = Duration.ofMillis(2500);
    private static final Duration JUMP = Duration.ofSeconds(3);

    private final LiveCluster live;
    private final Cluster cluster;
    private final Hosts hosts;

    Witnesses(LiveCluster live, Cluster cluster, Hosts hosts) {
        this.live = live;
        this.cluster = cluster;
        this.hosts = hosts;
    }

    Evidence of(NodeName name) {
        var suspect = cluster.node(name);
        var questions = new ArrayList<Supplier<List<Sighting>>>();
        questions.add(() -> fromHere(suspect));
        for (var host : elsewhere(suspect).entrySet()) {
            questions.add(() -> List.of(port(host.getKey(), host.getValue(), suspect)));
        }
        for (var node : cluster.nodes()) {
            if (!node.name().equals(name) && hosts.remote(node.name().value()).isPresent()) {
                questions.add(() -> stream(node, suspect));
            }
        }
        for (var pooler : cluster.poolers()) {
            if (hosts.remote(pooler.name().value()).isPresent()) {
                var witness = new PoolerWitness(live.pooler(pooler.name()), pooler, suspect);
                questions.add(() -> List.of(witness.watch(WATCH)));
            }
        }
        var sightings = InParallel.map(questions, Supplier::get).stream()
                .flatMap(List::stream)
                .toList();
        return new Evidence(name, sightings, unreached(suspect), addresses().size());
    }

    private List<Sighting> fromHere(Node suspect) {
        var seen = new ArrayList<Sighting>();
        var name = suspect.name();
        if (hosts.remote(name.value()).isPresent()) {
            seen.add(new Sighting(Sighting.HERE, Way.SSH, Answer.ALIVE, ""));
        } else {
            seen.add(new Sighting(
                    Sighting.HERE,
                    Way.SSH,
                    Answer.SILENT,
                    reason(hosts.problem(name.value()).message(), name)));
            seen.addAll(otherPaths(suspect));
        }
        seen.add(
                switch (live.observe(name)) {
                    case NodeState.Primary primary -> new Sighting(Sighting.HERE, Way.SQL, Answer.ALIVE, "a primary");
                    case NodeState.Standby standby -> new Sighting(Sighting.HERE, Way.SQL, Answer.ALIVE, "a standby");
                    case NodeState.Stopped stopped ->
                        new Sighting(
                                Sighting.HERE,
                                Way.SQL,
                                Answer.SILENT,
                                "does not run (\"%s\")"
                                        .formatted(stopped.control().state()));
                    case NodeState.Unreachable unreachable ->
                        new Sighting(
                                Sighting.HERE,
                                Way.SQL,
                                Answer.SILENT,
                                hosts.remote(name.value()).isPresent() ? unreachable.reason() : "");
                });
        return seen;
    }

    private static String reason(String message, NodeName name) {
        return message.startsWith(name + ": ") ? message.substring(name.value().length() + 2) : message;
    }

    /// The first of the others through whose host the suspect's is reached; from then on it is reached that
    /// way.
    private List<Sighting> otherPaths(Node suspect) {
        var ways = new ArrayList<>(elsewhere(suspect).keySet());
        var reached = InParallel.map(ways, way -> hosts.through(suspect, settings(way), address(way), JUMP));
        var seen = new ArrayList<Sighting>();
        var adopted = false;
        for (int i = 0; i < ways.size(); i++) {
            var remote = reached.get(i);
            seen.add(new Sighting(
                    ways.get(i), Way.SSH, remote.isPresent() ? Answer.ALIVE : Answer.SILENT, "through its host"));
            if (remote.isPresent() && !adopted) {
                live.adopt(suspect.name(), remote.get());
                adopted = true;
            }
        }
        return seen;
    }

    private Sighting port(String observer, Remote remote, Node suspect) {
        var ran = remote.run(Command.script(
                        IS_READY,
                        program(observer),
                        suspect.host(),
                        Integer.toString(suspect.postgres().port()))
                .timeout(LIMIT));
        return switch (ran) {
            case Ran.Exited exited when exited.status() == 0 -> new Sighting(observer, Way.PORT, Answer.ALIVE, "");
            case Ran.Exited exited
            when exited.status() == 1 ->
                new Sighting(observer, Way.PORT, Answer.ALIVE, "it refuses connections for now");
            case Ran.Exited exited when exited.status() == 2 -> new Sighting(observer, Way.PORT, Answer.SILENT, "");
            case Ran.Exited exited ->
                new Sighting(observer, Way.PORT, Answer.UNKNOWN, (exited.text() + exited.errorText()).strip());
            case Ran.Signalled signalled ->
                new Sighting(observer, Way.PORT, Answer.UNKNOWN, "ended by SIG" + signalled.signal());
            case Ran.NoAnswer none -> new Sighting(observer, Way.PORT, Answer.UNKNOWN, none.reason());
        };
    }

    /// Whether a message came while we looked.
    private List<Sighting> stream(Node node, Node suspect) {
        var witness = new StreamWitness(node.name().value());
        try {
            var begin = System.nanoTime();
            if (live.query(node.name(), StreamWitness.QUERY, true, LIMIT).isEmpty()) {
                return List.of(witness.none());
            }
            Thread.sleep(WATCH);
            var watched = Duration.ofNanos(System.nanoTime() - begin);
            var rows = live.query(node.name(), StreamWitness.QUERY, true, LIMIT);
            if (rows.isEmpty()) {
                return List.of(witness.none());
            }
            return List.of(
                    comesFromAnother(Objects.toString(rows.getFirst().get("sender_host"), ""), suspect)
                            ? witness.unknown("follows another node")
                            : witness.judged(rows.getFirst(), watched));
        } catch (ProblemException e) {
            return List.of(witness.unknown(e.problems().getFirst().message()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(witness.unknown("interrupted"));
        }
    }

    private boolean comesFromAnother(String host, Node suspect) {
        return cluster.nodes().stream().anyMatch(node -> node.host().equals(host) && !host.equals(suspect.host()));
    }

    /// One node or pooler of every other host that was reached.
    private Map<String, Remote> elsewhere(Node suspect) {
        var byAddress = new LinkedHashMap<String, String>();
        cluster.nodes()
                .forEach(node -> byAddress.putIfAbsent(node.host(), node.name().value()));
        cluster.poolers()
                .forEach(pooler ->
                        byAddress.putIfAbsent(pooler.host(), pooler.name().toString()));
        var found = new LinkedHashMap<String, Remote>();
        byAddress.forEach((address, observer) -> {
            if (!address.equals(suspect.host())) {
                hosts.remote(observer).ifPresent(remote -> found.put(observer, remote));
            }
        });
        return found;
    }

    private Map<String, String> addresses() {
        var names = new LinkedHashMap<String, String>();
        cluster.nodes().forEach(node -> names.merge(node.host(), node.name().value(), (a, b) -> a + " " + b));
        cluster.poolers()
                .forEach(pooler -> names.merge(pooler.host(), pooler.name().toString(), (a, b) -> a + " " + b));
        return names;
    }

    private List<String> unreached(Node suspect) {
        return addresses().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(suspect.host()))
                .filter(entry ->
                        hosts.remote(entry.getValue().split(" ", -1)[0]).isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }

    private SshSettings settings(String observer) {
        return node(observer) != null ? node(observer).ssh() : pooler(observer).ssh();
    }

    private String address(String observer) {
        return node(observer) != null ? node(observer).host() : pooler(observer).host();
    }

    private String program(String observer) {
        if (node(observer) != null) {
            return node(observer).postgres().program("pg_isready");
        }
        return pooler(observer).pgbouncer().psql().replaceFirst("psql$", "pg_isready");
    }

    private Node node(String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().value().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Pooler pooler(String name) {
        return cluster.poolers().stream()
                .filter(pooler -> pooler.name().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
