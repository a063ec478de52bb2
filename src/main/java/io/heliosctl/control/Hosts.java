package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Problem;
import io.heliosctl.remote.Passphrases;
import io.heliosctl.remote.Reached;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.SshHosts;
import io.heliosctl.remote.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /// Why a host was not reached.
    Problem problem(String name) {
        return reached.get(name) instanceof Reached.Failed failed
                ? failed.problem()
                : Problem.error("not-connected", name + ": not connected");
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
