package io.heliosctl.run;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Why a cluster does not have exactly one primary.
public final class Primaries {

    private Primaries() {}

    /// The problem of a cluster with no primary or with several.
    public static Problem problem(Topology topology) {
        var primaries = topology.primaries();
        if (primaries.size() > 1) {
            var lines = primaries.stream().map(name -> line(topology, name)).collect(Collectors.joining("\n")) + "\n"
                    + fork(topology);
            return Problem.error("split-brain", "more than one node accepts writes")
                    .detail(lines)
                    .hint("Find out which one the clients write to, and whether anything on the other is needed; "
                            + "then stop that other one, with \"heliosctl fence NODE\". Neither timeline nor position tells "
                            + "which is right.");
        }
        var states = topology.nodes().entrySet().stream()
                .map(entry -> "%s: %s".formatted(entry.getKey(), Candidates.describe(entry.getValue())))
                .collect(Collectors.joining("\n"));
        var dark = topology.nodes().values().stream().anyMatch(NodeState.Unreachable.class::isInstance);
        return dark
                ? Problem.error("primary-unreachable", "no primary was found")
                        .detail(states)
                        .hint(
                                "The node that could not be asked may be it, and may be serving clients. Reach it first; if "
                                        + "it is lost, see \"heliosctl failover\".")
                : Problem.error("no-primary", "no node is a primary")
                        .detail(states)
                        .hint("Start the last primary, or promote a standby with \"heliosctl failover\".");
    }

    /// Who has left the others' timeline, which only a promotion does.
    private static String fork(Topology topology) {
        var byTimeline = topology.primaries().stream()
                .collect(Collectors.groupingBy(
                        name -> ((Primary) topology.state(name)).identity().timeline(),
                        TreeMap::new,
                        Collectors.mapping(NodeName::toString, Collectors.joining(", "))));
        return byTimeline.size() == 1
                ? "All of them write the same timeline: one was copied or restored, or its standby.signal was taken away."
                : "%s was promoted at timeline %s; %s still writes timeline %s."
                        .formatted(
                                byTimeline.lastEntry().getValue(),
                                byTimeline.lastKey(),
                                byTimeline.firstEntry().getValue(),
                                byTimeline.firstKey());
    }

    private static String line(Topology topology, NodeName name) {
        var identity = ((Primary) topology.state(name)).identity();
        var poolers = topology.cluster().poolers().stream()
                .map(Pooler::name)
                .filter(pooler -> topology.target(pooler).equals(Optional.of(name)))
                .map(PoolerName::toString)
                .toList();
        return "%s at %s, timeline %s, system identifier %s; %s"
                .formatted(
                        name,
                        ((Primary) topology.state(name)).written(),
                        identity.timeline(),
                        identity.systemId(),
                        poolers.isEmpty() ? "no pooler leads there" : "led to by " + String.join(", ", poolers));
    }
}
