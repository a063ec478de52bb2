package io.heliosctl.run;

import io.heliosctl.control.Findings;
import io.heliosctl.control.Proofs;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.PoolerState.Answering;
import io.heliosctl.model.PoolerState.Instance;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.List;

/// Whether every pooler can be paused, re-pointed and resumed.
final class PoolerChecks {

    private PoolerChecks() {}

    static Findings findings(Topology topology, NodeName primary) {
        return topology.poolers().keySet().stream()
                .map(name -> Findings.of(
                        of(topology, name, topology.cluster().node(primary)),
                        name.value(),
                        "active, in transaction mode, leads to %s".formatted(primary)))
                .reduce(Findings.none(), Findings::and);
    }

    static List<Problem> of(Topology topology, NodeName primary) {
        return findings(topology, primary).problems();
    }

    private static List<Problem> of(Topology topology, PoolerName name, Node primary) {
        return switch (topology.state(name)) {
            case PoolerState.Unreachable unreachable ->
                List.of(Problem.error("pooler-unreachable", "pooler " + name + " could not be asked")
                        .detail(Sentence.of(unreachable.reason()))
                        .hint("Its clients would go on to the old primary. Bring it back, or take it out of the "
                                + "inventory."));
            case Answering answering -> answering(topology.cluster().pooler(name), answering, primary);
        };
    }

    private static List<Problem> answering(Pooler pooler, Answering state, Node primary) {
        var name = pooler.name();
        var problems = new ArrayList<Problem>();
        if (state.isPaused()) {
            problems.add(Problem.error("pooler-paused", "pooler " + name + " is paused already")
                    .detail("Somebody else has paused it, or a run was cut off; %s now."
                            .formatted(Sentence.count(state.waiting(), "client")
                                    + (state.waiting() == 1 ? " waits" : " wait")))
                    .hint("Find out who. If nobody is at work there, let the clients in, on %s: %s"
                            .formatted(pooler.host(), resume(pooler))));
        }
        for (var instance : state.instances()) {
            problems.addAll(instance(name, instance, primary, pooler.host()));
        }
        return problems;
    }

    private static String resume(Pooler pooler) {
        var settings = pooler.pgbouncer();
        return "psql -h %s -p %d -U %s pgbouncer -c RESUME"
                .formatted(settings.instances().getFirst().socketDir(), settings.port(), settings.admin());
    }

    private static List<Problem> instance(PoolerName name, Instance instance, Node primary, String host) {
        var problems = new ArrayList<Problem>();
        if (instance.sessionClients() > 0) {
            problems.add(Problem.error("session-pooling", "pooler " + name + " has clients in session mode")
                    .detail("%s a server connection until it disconnects; PAUSE would wait for that."
                            .formatted(Sentence.count(instance.sessionClients(), "client")
                                    + (instance.sessionClients() == 1 ? " keeps" : " keep each")))
                    .hint("Use pool_mode = transaction, or let these clients disconnect first; SHOW CLIENTS on the "
                            + "console names them."));
        }
        for (var route : instance.routes()) {
            if (!route.leadsTo(primary, host)) {
                problems.add(Problem.error(
                                "pooler-elsewhere",
                                "pooler %s does not lead to the primary %s".formatted(name, primary.name()))
                        .detail("Database %s leads to %s:%d."
                                .formatted(route.database(), route.host().orElse("the local socket"), route.port()))
                        .hint("Look at it with \"heliosctl render\"."));
            }
        }
        return problems;
    }

    static Findings drift(Proofs proofs, PoolerName pooler, NodeName primary, boolean accepted) {
        var difference = proofs.drift(pooler, primary);
        if (difference.isEmpty()) {
            return Findings.proved(pooler.value(), "pgbouncer.ini is what its template makes");
        }
        var message = "the live configuration of pooler %s is not what its template makes".formatted(pooler);
        var problem = accepted ? Problem.warning("config-drift", message) : Problem.error("config-drift", message);
        return Findings.of(List.of(problem.detail("It would change by more than the primary:\n" + difference.get())
                .hint(
                        accepted
                                ? "What the template makes will replace it; lines marked - will be gone."
                                : "Bring the template and the file together, or go on with --accept-drift, which replaces "
                                        + "the file.")));
    }
}
