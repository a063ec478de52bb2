package io.heliosctl.loopback;

import io.heliosctl.control.LiveCluster;
import io.heliosctl.demo.LoopbackCluster;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.model.Topology;
import io.heliosctl.run.RunLocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// What a cluster is like, whatever an exit code says of it: asked over connections that no run has.
final class Truth implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final LiveCluster cluster;

    Truth(LoopbackCluster bed) {
        this.cluster = Connected.to(bed);
    }

    /// Healthy: one primary, the others streaming from it, every pooler leading there and letting clients in,
    /// and nobody's lock left. It may take some seconds for a standby to stream.
    ///
    /// @return what is otherwise
    List<String> complaints() {
        var end = System.nanoTime() + LIMIT.toNanos();
        var seen = complaintsNow();
        while (!seen.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(100_000_000);
            seen = complaintsNow();
        }
        return seen;
    }

    private List<String> complaintsNow() {
        var now = cluster.observe();
        if (now.primaries().size() != 1) {
            return List.of("there is one primary; there are " + now.primaries());
        }
        var primary = now.cluster().node(now.primaries().getFirst());
        var found = new ArrayList<String>();
        for (var node : now.cluster().nodes()) {
            if (!node.name().equals(primary.name()) && !cluster.streamsFrom(node.name(), primary.name())) {
                found.add(
                        "%s streams from %s; it is %s".formatted(node.name(), primary.name(), now.state(node.name())));
            }
        }
        for (var pooler : now.cluster().poolers()) {
            if (!(now.state(pooler.name()) instanceof PoolerState.Answering state)) {
                found.add(pooler.name() + " answers");
            } else if (state.isPaused()) {
                found.add(pooler.name() + " is not paused");
            } else if (!state.instances().stream()
                    .flatMap(instance -> instance.routes().stream())
                    .filter(route -> route.database().equals("app"))
                    .allMatch(route -> route.leadsTo(primary, pooler.host()))) {
                found.add(pooler.name() + " leads to " + primary.name() + "; it is " + state);
            }
        }
        cluster.switches(RunLocks.key(now)).stream()
                .filter(trace -> trace.state() == SwitchTrace.State.ARMED)
                .forEach(trace -> found.add("no switch is armed; " + trace));
        cluster.locks(RunLocks.key(now))
                .heldByAnotherThan(Optional.empty())
                .ifPresent(held -> found.add("nobody has a lock; " + held.line()));
        return found;
    }

    /// What a call that changes nothing leaves as it was: who is what, on which timeline, and where poolers
    /// lead.
    String summary() {
        var now = cluster.observe();
        var lines = new TreeMap<String, String>();
        now.cluster().nodes().forEach(node -> lines.put(node.name().value(), line(now, node.name())));
        now.cluster()
                .poolers()
                .forEach(pooler -> lines.put(
                        pooler.name().value(),
                        switch (now.state(pooler.name())) {
                            case PoolerState.Answering state ->
                                state.isPaused() + " "
                                        + state.instances().stream()
                                                .map(PoolerState.Instance::routes)
                                                .toList();
                            case PoolerState.Unreachable gone -> gone.reason();
                        }));
        return lines.toString();
    }

    private static String line(Topology now, NodeName name) {
        return switch (now.state(name)) {
            case NodeState.Running running ->
                running.getClass().getSimpleName() + " on " + running.identity().timeline();
            case NodeState.Stopped stopped -> "stopped";
            case NodeState.Unreachable gone -> gone.reason();
        };
    }

    /// The poolers that are paused, or do not answer.
    List<String> held() {
        var now = cluster.observe();
        return now.cluster().poolers().stream()
                .map(pooler -> pooler.name())
                .filter(name -> !(now.state(name) instanceof PoolerState.Answering state) || state.isPaused())
                .map(Object::toString)
                .toList();
    }

    /// The only primary, if there is only one.
    Optional<String> primary() {
        var primaries = cluster.observe().primaries();
        return primaries.size() == 1 ? Optional.of(primaries.getFirst().value()) : Optional.empty();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
