package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.SshSettings;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Passphrases;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Reached;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.SshHosts;
import io.heliosctl.remote.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The connections to every host of a cluster, opened in parallel and kept for the whole run.
public final class Hosts implements AutoCloseable {

    private final SshHosts connections;
    private final Map<String, Reached> reached;

    private Hosts(SshHosts connections, Map<String, Reached> reached) {
        this.connections = connections;
        this.reached = reached;
    }

    /// Connects to all of them. One that cannot be reached is no reason to stop.
    public static Hosts open(Cluster cluster, Passphrases passphrases) {
        var targets = new ArrayList<Target>();
        cluster.nodes().forEach(node -> targets.add(new Target(node.name().value(), node.host(), node.ssh())));
        cluster.poolers()
                .forEach(pooler -> targets.add(new Target(pooler.name().value(), pooler.host(), pooler.ssh())));
        var connections = new SshHosts(passphrases);
        return new Hosts(connections, new LinkedHashMap<>(connections.open(targets)));
    }

    /// The host of a node or pooler; empty if it was not reached.
    Optional<Remote> remote(String name) {
        return reached.get(name) instanceof Reached.Connected connected
                ? Optional.of(connected.remote())
                : Optional.empty();
    }

    /// True if a host runs a command at this moment.
    boolean answers(String name) {
        var nothing = Command.script(":").timeout(Duration.ofSeconds(3));
        return remote(name)
                .filter(remote -> remote.run(nothing) instanceof Ran.Exited)
                .isPresent();
    }

    /// Why a host was not reached.
    Problem problem(String name) {
        return reached.get(name) instanceof Reached.Failed failed
                ? failed.problem()
                : Problem.error("not-connected", name + ": not connected");
    }

    /// Another way to a host that was not reached directly: through one that was.
    ///
    /// @param through how that one is logged in to
    /// @param address of that one
    Optional<Remote> through(Node node, SshSettings through, String address, Duration limit) {
        var own = "%s%s%s"
                .formatted(
                        through.user().map(user -> user + "@").orElse(""),
                        address.contains(":") ? "[" + address + "]" : address,
                        through.port().map(port -> ":" + port).orElse(""));
        var ssh = node.ssh();
        var behind = new SshSettings(
                ssh.user(),
                ssh.port(),
                ssh.key(),
                ssh.knownHosts(),
                Optional.of(through.jump().map(first -> first + "," + own).orElse(own)),
                ssh.config(),
                limit);
        var name = node.name().value();
        return connections.open(List.of(new Target(name, node.host(), behind))).get(name)
                        instanceof Reached.Connected connected
                ? Optional.of(connected.remote())
                : Optional.empty();
    }

    /// From here on a host is reached that way.
    void adopt(String name, Remote remote) {
        reached.put(name, new Reached.Connected(remote));
    }

    /// The same in a few words.
    String reason(String name) {
        var problem = problem(name);
        var message = problem.message().startsWith(name + ": ")
                ? problem.message().substring(name.length() + 2)
                : problem.message();
        return problem.detail().isEmpty()
                ? message
                : message + ": " + problem.detail().replaceFirst("\\.$", "");
    }

    @Override
    public void close() {
        connections.close();
    }
}
