package io.heliosctl.run;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Role;
import io.heliosctl.runbook.Runbook;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which node was the primary until it was lost. It cannot be asked, so the others are: whom they follow, and
/// where the poolers lead.
public final class LostPrimaries {

    private static final Pattern HOST = Pattern.compile("(?:^|\\s)host(?:addr)?\\s*=\\s*'?([^'\\s]+)");
    private static final Pattern PORT = Pattern.compile("(?:^|\\s)port\\s*=\\s*'?([0-9]+)");

    private LostPrimaries() {}

    /// True if a runbook is about a primary that is lost.
    public static boolean isAbout(Runbook runbook) {
        return runbook.cast().values().stream().anyMatch(Role.LostPrimary.class::isInstance);
    }

    /// The lost primary.
    ///
    /// @param named the one that somebody says it is
    /// @throws RefusedException if a primary answers, or nobody can tell which node it was
    public static NodeName of(Topology topology, Optional<NodeName> named) {
        refuseAlive(topology);
        var suspects = named.map(List::of).orElseGet(() -> suspects(topology));
        if (suspects.size() == 1) {
            return suspects.getFirst();
        }
        var votes = new TreeMap<NodeName, Long>();
        suspects.forEach(suspect -> votes.put(suspect, votes(topology, suspect)));
        var most = votes.isEmpty() ? 0 : Collections.max(votes.values());
        var chosen = suspects.stream()
                .filter(suspect -> most > 0 && votes.get(suspect) == most)
                .toList();
        if (chosen.size() == 1) {
            return chosen.getFirst();
        }
        throw new RefusedException(Problem.error("which-primary", "nobody can tell which node was the primary")
                .detail(topology.nodes().entrySet().stream()
                        .map(entry -> "%s: %s".formatted(entry.getKey(), Candidates.describe(entry.getValue())))
                        .collect(Collectors.joining("\n")))
                .hint("Name it with --from NODE."));
    }

    /// The same without a refusal: empty where a primary answers or nobody can tell.
    public static Optional<NodeName> find(Topology topology) {
        try {
            return Optional.of(of(topology, Optional.empty()));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static void refuseAlive(Topology topology) {
        if (topology.primaries().size() > 1) {
            throw new RefusedException(Primaries.problem(topology));
        }
        topology.primaries().stream().findFirst().ifPresent(primary -> {
            throw new RefusedException(Problem.error("primary-healthy", primary + " is a primary and answers")
                    .detail("Nothing is lost.")
                    .hint("To move it, type: heliosctl switchover %s"
                            .formatted(topology.cluster().name())));
        });
    }

    /// Every node that is not seen to be a standby.
    private static List<NodeName> suspects(Topology topology) {
        return topology.cluster().nodes().stream()
                .map(Node::name)
                .filter(name -> switch (topology.state(name)) {
                    case Standby standby -> false;
                    case NodeState.Stopped stopped -> !isStandby(stopped);
                    case NodeState.Unreachable unreachable -> true;
                    case NodeState.Primary primary -> true;
                })
                .toList();
    }

    /// What pg_controldata says of a standby that does not run. A primary that crashed, and crashed again when
    /// it was started, is "in crash recovery".
    private static boolean isStandby(NodeState.Stopped stopped) {
        return Set.of("in archive recovery", "shut down in recovery")
                .contains(stopped.control().state());
    }

    private static long votes(Topology topology, NodeName suspect) {
        var node = topology.cluster().node(suspect);
        var followers = topology.nodes().values().stream()
                .filter(state -> state instanceof Standby standby && follows(standby, node))
                .count();
        var doors = topology.poolers().keySet().stream()
                .filter(pooler -> topology.target(pooler).equals(Optional.of(suspect)))
                .count();
        return followers + doors;
    }

    private static boolean follows(Standby standby, Node node) {
        var conninfo = standby.facts().setting("primary_conninfo");
        var host = standby.upstream().map(NodeState.Receiver::host).or(() -> first(HOST, conninfo));
        var port = standby.upstream()
                .map(receiver -> Integer.toString(receiver.port()))
                .or(() -> first(PORT, conninfo))
                .orElse("5432");
        return host.equals(Optional.of(node.host()))
                && port.equals(Integer.toString(node.postgres().port()));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().map(found -> found.group(1));
    }
}
