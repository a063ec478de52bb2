package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Proves on the real hosts what a run will need.
final class LiveProofs implements Proofs {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Hosts hosts;
    private final LiveCluster live;

    LiveProofs(Cluster cluster, Hosts hosts, LiveCluster live) {
        this.cluster = cluster;
        this.hosts = hosts;
        this.live = live;
    }

    @Override
    public void requireTemplates(NodeName primary) {
        live.renderAll(primary);
    }

    @Override
    public Findings privileges() {
        var checks = new ArrayList<PrivilegeCheck>();
        for (var node : cluster.nodes()) {
            hosts.remote(node.name().value())
                    .ifPresent(remote -> checks.add(new PrivilegeCheck(remote, Privileges.of(cluster, node))));
        }
        for (var pooler : cluster.poolers()) {
            hosts.remote(pooler.name().value())
                    .ifPresent(remote -> checks.add(new PrivilegeCheck(
                            remote, live.pooler(pooler.name()).privileges())));
        }
        return InParallel.map(checks, PrivilegeCheck::findings).stream().reduce(Findings.none(), Findings::and);
    }

    @Override
    public Findings service(NodeName node) {
        return asked(() -> new ServiceProof(live.node(node)).findings()).and(asked(() -> logind(node.value())));
    }

    @Override
    public Findings managers(NodeName node, Set<String> accepted) {
        return asked(() -> hosts.remote(node.value())
                .map(remote -> new ManagerProof(remote, accepted).findings())
                .orElse(Findings.none()));
    }

    @Override
    public Findings space(NodeName node) {
        return asked(
                () -> SpaceProof.ofServer(node.value(), live.node(node).server().diskSpace()));
    }

    @Override
    public Findings replicationLogin(NodeName from, NodeName to) {
        return asked(() -> {
            var target = cluster.node(to);
            var answered = live.node(from).server().replicationLogin(target);
            var expected = live.node(to).pinned();
            if (expected.isPresent() && !expected.get().systemId().equals(answered)) {
                return Findings.of(List.of(Problem.error(
                                "stranger", "%s reaches another server as %s".formatted(from, to))
                        .detail("At %s:%d it is answered by system %s."
                                .formatted(target.host(), target.postgres().port(), answered))
                        .hint("Correct \"host\" and \"port\" of %s in the inventory.".formatted(to))));
            }
            return Findings.proved(from.value(), "logged in at %s for replication".formatted(to));
        });
    }

    @Override
    public Findings ending(NodeName name) {
        return asked(() -> {
            var role = cluster.node(name).postgres().role();
            return live.node(name).server().mayEndSessions(LIMIT)
                    ? Findings.proved(name.value(), "role %s may end sessions".formatted(role))
                    : Findings.of(List.of(Problem.error(
                                    "may-not-end-sessions", "role %s may not end sessions on %s".formatted(role, name))
                            .detail("It is no member of pg_signal_backend, and --terminate-blockers needs that.")
                            .hint("On %s: GRANT pg_signal_backend TO %s;".formatted(name, role))));
        });
    }

    @Override
    public Findings processes(PoolerName pooler) {
        return asked(() -> {
            var count = cluster.pooler(pooler).pgbouncer().instances().size();
            return Findings.of(
                            live.pooler(pooler).examine(LIMIT),
                            pooler.value(),
                            "%d %s, as in the inventory; %s may pause"
                                    .formatted(
                                            count,
                                            count == 1 ? "process" : "processes",
                                            cluster.pooler(pooler).pgbouncer().admin()))
                    .and(room(pooler))
                    .and(logind(pooler.value()))
                    .and(sessions(pooler));
        });
    }

    private Findings logind(String name) {
        return hosts.remote(name)
                .map(remote -> new LogindProof(remote).findings())
                .orElse(Findings.none());
    }

    /// One connection serves all that the inventory has on a host.
    private Findings sessions(PoolerName name) {
        var pooler = cluster.pooler(name);
        var beside = cluster.poolers().stream()
                .filter(other -> other.host().equals(pooler.host())
                        && other.ssh().port() == pooler.ssh().port())
                .toList();
        var nodes = cluster.nodes().stream()
                .filter(node -> node.host().equals(pooler.host())
                        && node.ssh().port() == pooler.ssh().port())
                .count();
        var processes = beside.stream()
                .mapToInt(other -> other.pgbouncer().instances().size())
                .sum();
        return new SessionProof(
                        hosts.remote(name.value()).orElseThrow(),
                        SessionProof.needed(processes, beside.size() + (int) nodes))
                .findings();
    }

    private Findings room(PoolerName pooler) {
        return live.pooler(pooler).diskSpace().stream()
                .distinct()
                .map(disk -> SpaceProof.ofFiles(pooler.value(), disk))
                .reduce(Findings.none(), Findings::and);
    }

    @Override
    public Findings trial(PoolerName pooler, NodeName primary) {
        return asked(() -> {
            live.pooler(pooler).tryOut(cluster.node(primary), live.version(primary));
            return Findings.proved(pooler.value(), "pgbouncer.ini written beside the live one, read back, removed");
        });
    }

    @Override
    public Optional<String> drift(PoolerName pooler, NodeName primary) {
        var difference = live.routingDifference(pooler, primary);
        return difference.isEmpty() ? Optional.empty() : Optional.of(difference);
    }

    private interface Question {
        Findings ask();
    }

    private static Findings asked(Question question) {
        try {
            return question.ask();
        } catch (ProblemException e) {
            // What sudo refuses is told by #privileges, for all commands at once.
            return Findings.of(e.problems().stream()
                    .filter(problem -> !problem.code().equals("sudo-refused"))
                    .toList());
        }
    }
}
