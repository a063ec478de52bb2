package io.heliosctl.run;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.DirectClient;
import io.heliosctl.model.Histories;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Why a cluster does not have exactly one primary.
public final class Primaries {

    private Primaries() {}

    /// The problem of a cluster with no primary or with several.
    public static Problem problem(Topology topology) {
        return problem(topology, Histories.unknown());
    }

    /// The same, with what the timelines tell.
    public static Problem problem(Topology topology, Histories histories) {
        if (topology.primaries().size() > 1) {
            return splitBrain(topology, histories);
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

    private static Problem splitBrain(Topology topology, Histories histories) {
        var lines = new ArrayList<String>();
        topology.primaries().forEach(name -> lines.add(line(topology, name, histories)));
        if (histories.undecided().isEmpty()) {
            lines.add(fork(topology));
        }
        histories.divergences().stream()
                .filter(each -> topology.primaries().contains(each.node()))
                .forEach(each -> lines.add("%s. Since then %s has written %s of WAL; %s."
                        .formatted(
                                Sentence.capital(each.place()),
                                each.other(),
                                Amounts.bytes(each.otherBytes()),
                                each.sentence())));
        if (!histories.undecided().isEmpty()) {
            lines.add("The timelines do not tell which is right: %s.".formatted(histories.undecided()));
        }
        return Problem.error("split-brain", "more than one node accepts writes")
                .detail(String.join("\n", lines))
                .hint(histories
                        .right()
                        .map(last -> SplitBrain.right(topology, histories)
                                .map(right -> fences(topology, right))
                                .orElseGet(() -> mistake(topology, last)))
                        .orElse("Find out which one the clients write to, and whether anything on the other is needed; "
                                + "then stop that other one: heliosctl fence NODE"));
    }

    private static String fences(Topology topology, NodeName right) {
        var commands = topology.primaries().stream()
                .filter(name -> !name.equals(right))
                .map(name -> "heliosctl fence " + name)
                .collect(Collectors.joining("; "));
        return "The timelines say that %s is the primary. Stop the other, which keeps all it has: %s"
                .formatted(right, commands);
    }

    /// A standby promoted by hand while the clients are elsewhere is more likely the mistake than they are.
    private static String mistake(Topology topology, NodeName last) {
        var others = topology.primaries().stream()
                .filter(name -> !name.equals(last))
                .map(NodeName::toString)
                .collect(Collectors.joining(", "));
        return ("%1$s was promoted last, and no pooler leads there. If that was a mistake: heliosctl fence %1$s. If it is "
                        + "to stay: heliosctl fence %2$s, then heliosctl run route.")
                .formatted(last, others);
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

    private static String line(Topology topology, NodeName name, Histories histories) {
        var identity = ((Primary) topology.state(name)).identity();
        var poolers = topology.cluster().poolers().stream()
                .map(Pooler::name)
                .filter(pooler -> topology.target(pooler).equals(Optional.of(name)))
                .map(PoolerName::toString)
                .toList();
        var direct = histories.direct().stream()
                .filter(client -> client.node().equals(name))
                .map(DirectClient::text)
                .toList();
        return "%s at %s, timeline %s, system identifier %s; %s%s"
                .formatted(
                        name,
                        ((Primary) topology.state(name)).written(),
                        identity.timeline(),
                        identity.systemId(),
                        poolers.isEmpty() ? "no pooler leads there" : "led to by " + String.join(", ", poolers),
                        direct.isEmpty() ? "" : "; connected to it past them: " + grouped(direct));
    }

    private static String grouped(List<String> clients) {
        return clients.stream()
                .collect(Collectors.groupingBy(client -> client, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getValue() == 1 ? each.getKey() : each.getValue() + " times " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
