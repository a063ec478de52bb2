package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.postgres.ServiceFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proves on the real hosts what a run will need.
final class LiveProofs implements Proofs {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SHORT_STOP = Duration.ofSeconds(60);

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
    public List<Problem> privilegeProblems() {
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
        return InParallel.map(checks, PrivilegeCheck::problems).stream()
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Problem> serviceProblems(NodeName name) {
        return asked(() -> {
            var problems = new ArrayList<Problem>();
            var node = live.node(name);
            var running = node.observe() instanceof Running state ? Optional.of(state) : Optional.<Running>empty();
            node.server()
                    .service()
                    .ifPresent(facts -> problems.addAll(service(node.node(), facts, running.isPresent())));
            running.ifPresent(state -> {
                node.requireIdentity();
                problems.addAll(versions(node, state));
            });
            return problems;
        });
    }

    private static List<Problem> service(Node node, ServiceFacts facts, boolean runs) {
        var unit = node.postgres().service().orElse("");
        if (!facts.loadState().equals("loaded")) {
            return List.of(
                    Problem.error("unit-not-loaded", "%s: unit %s cannot be started".formatted(node.name(), unit))
                            .detail("systemd says: %s.".formatted(facts.loadState()))
                            .hint("Correct \"service\" in the inventory, or unmask the unit."));
        }
        if (runs && !facts.isActive()) {
            return List.of(Problem.error(
                            "unit-not-active", "%s: PostgreSQL runs, but not as unit %s".formatted(node.name(), unit))
                    .detail("systemd says of that unit: %s. Starting it would start another server, or none."
                            .formatted(facts.activeState()))
                    .hint(
                            "Correct \"service\" in the inventory; \"systemctl status PID\" on the host names the unit of a "
                                    + "process."));
        }
        if (facts.stopTimeout().filter(limit -> limit.compareTo(SHORT_STOP) < 0).isPresent()) {
            return List.of(Problem.warning("unit-impatient", "%s: unit %s is killed early".formatted(node.name(), unit))
                    .detail("Its TimeoutStopSec is %d s; a shutdown checkpoint may take longer."
                            .formatted(facts.stopTimeout().get().toSeconds()))
                    .hint("Raise TimeoutStopSec."));
        }
        return List.of();
    }

    private static List<Problem> versions(LiveNode node, Running running) {
        var name = node.node().name();
        var problems = new ArrayList<Problem>();
        var programs = node.server().programVersion();
        if (!programs.major().equals(running.identity().version().major())) {
            problems.add(Problem.error("other-programs", name + ": the programs are of another major version")
                    .detail("%s has %s, and the server runs %s."
                            .formatted(
                                    node.node().postgres().binDir(),
                                    programs,
                                    running.identity().version()))
                    .hint("Correct \"bin_dir\" in the inventory."));
        }
        return problems;
    }

    @Override
    public List<Problem> replicationLoginProblems(NodeName from, NodeName to) {
        return asked(() -> {
                    var target = cluster.node(to);
                    var answered = live.node(from).server().replicationLogin(target);
                    var expected = live.node(to).pinned();
                    if (expected.isPresent() && !expected.get().systemId().equals(answered)) {
                        return List.of(Problem.error("stranger", "%s reaches another server as %s".formatted(from, to))
                                .detail("At %s:%d it is answered by system %s."
                                        .formatted(
                                                target.host(), target.postgres().port(), answered))
                                .hint("Correct \"host\" and \"port\" of %s in the inventory.".formatted(to)));
                    }
                    return List.of();
                })
                .stream()
                .filter(problem -> !problem.code().equals("sudo-refused"))
                .toList();
    }

    @Override
    public List<Problem> endingProblems(NodeName name) {
        return asked(() -> {
            var role = cluster.node(name).postgres().role();
            return live.node(name).server().mayEndSessions(LIMIT)
                    ? List.of()
                    : List.of(Problem.error(
                                    "may-not-end-sessions", "role %s may not end sessions on %s".formatted(role, name))
                            .detail("It is no member of pg_signal_backend, and --terminate-blockers needs that.")
                            .hint("On %s: GRANT pg_signal_backend TO %s;".formatted(name, role)));
        });
    }

    @Override
    public List<Problem> processProblems(PoolerName pooler) {
        return asked(() -> live.pooler(pooler).examine(LIMIT));
    }

    @Override
    public Optional<String> drift(PoolerName pooler, NodeName primary) {
        var difference = live.routingDifference(pooler, primary);
        return difference.isEmpty() ? Optional.empty() : Optional.of(difference);
    }

    private interface Question {
        List<Problem> ask();
    }

    private static List<Problem> asked(Question question) {
        try {
            return question.ask();
        } catch (ProblemException e) {
            // What sudo refuses is told by #privilegeProblems, for all commands at once.
            return e.problems().stream()
                    .filter(problem -> !problem.code().equals("sudo-refused"))
                    .toList();
        }
    }
}
