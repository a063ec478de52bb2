package io.heliosctl.control;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.PoolerState.Answering;
import io.heliosctl.model.PoolerState.Instance;
import io.heliosctl.model.PoolerState.Route;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The poolers of a rehearsal: as they were observed, but for what has been done to them since. One that could
/// not be asked lets nothing be done to it.
final class PretendPoolers {

    private final Topology before;
    private final Set<PoolerName> paused = new HashSet<>();
    private final Map<PoolerName, NodeName> targets = new HashMap<>();

    PretendPoolers(Topology before) {
        this.before = before;
        before.poolers().forEach((name, state) -> {
            before.target(name).ifPresent(target -> targets.put(name, target));
            if (state instanceof Answering answering && answering.isPaused()) {
                paused.add(name);
            }
        });
    }

    boolean isPaused(PoolerName pooler) {
        return paused.contains(pooler);
    }

    void pause(PoolerName pooler) {
        requireReached(pooler);
        paused.add(pooler);
    }

    void resume(PoolerName pooler) {
        requireReached(pooler);
        paused.remove(pooler);
    }

    void point(PoolerName pooler, NodeName primary) {
        requireReached(pooler);
        targets.put(pooler, primary);
    }

    /// Where it leads; empty if that is not known.
    Optional<NodeName> target(PoolerName pooler) {
        return Optional.ofNullable(targets.get(pooler));
    }

    void requireReached(PoolerName pooler) {
        if (before.state(pooler) instanceof PoolerState.Unreachable unreachable) {
            throw new ProblemException(Problem.error("pooler-unreachable", "pooler " + pooler + " could not be asked")
                    .detail(unreachable.reason() + "."));
        }
    }

    Map<PoolerName, PoolerState> states() {
        var states = new LinkedHashMap<PoolerName, PoolerState>();
        before.poolers().keySet().forEach(name -> states.put(name, state(name)));
        return states;
    }

    PoolerState state(PoolerName pooler) {
        if (!(before.state(pooler) instanceof Answering observed)) {
            return before.state(pooler);
        }
        return new Answering(
                observed.version(),
                observed.instances().stream()
                        .map(instance -> instance(instance, paused.contains(pooler), moved(pooler)))
                        .toList());
    }

    /// Where it leads now, if that is not where it led before.
    private Optional<Node> moved(PoolerName pooler) {
        return target(pooler)
                .filter(target -> !before.target(pooler).equals(Optional.of(target)))
                .map(before.cluster()::node);
    }

    private static Instance instance(Instance observed, boolean paused, Optional<Node> target) {
        return new Instance(
                observed.socketDir(),
                paused,
                observed.clients(),
                observed.waiting(),
                observed.longestWait(),
                observed.loggingIn(),
                observed.sessionClients(),
                observed.routes().stream()
                        .map(route -> target.map(node -> route(route, node)).orElse(route))
                        .toList(),
                observed.config());
    }

    private static Route route(Route observed, Node target) {
        return new Route(
                observed.database(),
                Optional.of(target.host()),
                target.postgres().port(),
                observed.serverDatabase(),
                observed.poolMode());
    }
}
