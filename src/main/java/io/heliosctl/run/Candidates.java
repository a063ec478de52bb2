package io.heliosctl.run;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Judges which standby should become primary: the most advanced one that streams and may be promoted; among
/// equals the one with the higher priority, then by name.
public final class Candidates {

    /// Positions read while clients write are never equal to the byte; closer than this they count as equal.
    private static final long TIE_BYTES = 64 * 1024;

    private Candidates() {}

    /// Every node except the primary, best first; those that cannot be promoted last, with the reasons.
    ///
    /// @param maxLag how many bytes a candidate may be behind
    public static List<Candidacy> ranking(Topology topology, long maxLag) {
        var primary = topology.primaries().stream().findFirst();
        return topology.cluster().nodes().stream()
                .filter(node -> primary.map(name -> !name.equals(node.name())).orElse(true))
                .map(node -> judge(topology, node, primary, maxLag))
                .sorted(order())
                .toList();
    }

    private static Comparator<Candidacy> order() {
        return Comparator.comparing((Candidacy candidacy) -> !candidacy.isEligible())
                .thenComparingLong(candidacy -> candidacy.behind() / TIE_BYTES)
                .thenComparing(Comparator.comparingInt(Candidacy::priority).reversed())
                .thenComparing(Candidacy::node);
    }

    private static Candidacy judge(Topology topology, Node node, Optional<NodeName> primaryName, long maxLag) {
        var state = topology.state(node.name());
        if (!(state instanceof Standby standby)) {
            return notAStandby(node, state);
        }
        var primary = primaryName.map(topology::state).map(Primary.class::cast);
        var behind = primary.map(state2 -> standby.received().bytesBehind(state2.written()))
                .orElse(0L);
        var stranger =
                primary.flatMap(upstream -> stranger(topology, node, standby, primaryName.orElseThrow(), upstream));
        if (stranger.isPresent()) {
            return new Candidacy(
                    node.name(), standby.received(), behind, node.priority(), List.of(stranger.orElseThrow()));
        }
        var refusals = new ArrayList<Problem>(ownRefusals(node, standby));
        primary.ifPresent(upstream ->
                refusals.addAll(relative(topology.cluster(), node, standby, primaryName.orElseThrow(), upstream)));
        if (behind > maxLag) {
            refusals.add(Problem.error("candidate-behind", "%s is too far behind".formatted(node.name()))
                    .detail("It is %s behind; %s may be.".formatted(Amounts.bytes(behind), Amounts.bytes(maxLag)))
                    .hint("Wait for it to catch up, or allow more with --max-lag."));
        }
        return new Candidacy(node.name(), standby.received(), behind, node.priority(), refusals);
    }

    /// One that cannot be promoted because it is no standby.
    static Candidacy notAStandby(Node node, NodeState state) {
        var refusal = Problem.error("not-a-standby", node.name() + " is not a running standby")
                .detail(describe(state))
                .hint(
                        state instanceof NodeState.Stopped
                                ? "Start PostgreSQL on %s, or choose another standby with --to.".formatted(node.name())
                                : "Choose another standby with --to.");
        return new Candidacy(node.name(), new Lsn(0), Long.MAX_VALUE, node.priority(), List.of(refusal));
    }

    /// What can be said of a standby by looking at it alone.
    static List<Problem> ownRefusals(Node node, Standby standby) {
        var name = node.name();
        var refusals = new ArrayList<Problem>();
        if (node.priority() == 0) {
            refusals.add(Problem.error("never-promoted", name + " has priority 0, so it is never promoted")
                    .hint("Choose another standby with --to, or change its priority in the inventory."));
        }
        if (!standby.isStreaming()) {
            refusals.add(Problem.error("not-streaming", name + " is not streaming")
                    .detail(standby.upstream()
                            .map(receiver -> "Its walreceiver says: " + receiver.status() + ".")
                            .orElse("It has no walreceiver."))
                    .hint("Look at the server log on " + name + "."));
        }
        if (standby.replayPause() != ReplayPause.NOT_PAUSED) {
            refusals.add(Problem.error("replay-paused", "replay is paused on " + name)
                    .detail("It has received WAL up to %s and replayed it up to %s; a promotion would end the pause."
                            .formatted(standby.received(), standby.replayed()))
                    .hint("Find out who paused it and why; then run \"SELECT pg_wal_replay_resume()\" on %s."
                            .formatted(name)));
        }
        if (!standby.applyDelay().isZero()) {
            refusals.add(Problem.error("delayed-standby", name + " is a delayed standby")
                    .detail("Its recovery_min_apply_delay is %d s, and promotion would apply everything at once."
                            .formatted(standby.applyDelay().toSeconds()))
                    .hint("Choose another standby with --to."));
        }
        return refusals;
    }

    /// A standby of another database cluster; nothing else that is wrong with it matters then.
    private static Optional<Problem> stranger(
            Topology topology, Node node, Standby standby, NodeName primaryName, Primary primary) {
        var here = standby.identity().systemId();
        var there = primary.identity().systemId();
        return here.equals(there)
                ? Optional.empty()
                : Optional.of(Problem.error("stranger", node.name() + " belongs to another database cluster")
                        .detail("System identifier %s; %s has %s.".formatted(here, primaryName, there))
                        .hint("Correct the inventory of cluster %s, or clone %s again from %s."
                                .formatted(topology.cluster().name(), node.name(), primaryName)));
    }

    /// What can be said of a standby by comparing it with the primary.
    private static List<Problem> relative(
            Cluster cluster, Node node, Standby standby, NodeName primaryName, Primary primary) {
        var name = node.name();
        var here = standby.identity();
        var there = primary.identity();
        var refusals = new ArrayList<Problem>();
        if (!here.timeline().equals(there.timeline())) {
            refusals.add(Problem.error("other-timeline", name + " is on another timeline")
                    .detail("Timeline %s; %s is on %s.".formatted(here.timeline(), primaryName, there.timeline()))
                    .hint("Run \"heliosctl rejoin %s\".".formatted(name)));
        }
        if (!here.version().major().equals(there.version().major())) {
            refusals.add(Problem.error("other-version", name + " runs another major version")
                    .detail("%s; %s runs %s.".formatted(here.version(), primaryName, there.version())));
        }
        standby.upstream()
                .flatMap(receiver -> otherNode(cluster, receiver, primaryName))
                .ifPresent(other -> refusals.add(Problem.error(
                                "cascading", name + " does not stream from the primary itself")
                        .detail("It streams from %s.".formatted(other))
                        .hint("Let it follow %s first, or choose another standby with --to.".formatted(primaryName))));
        return refusals;
    }

    /// The node a standby streams from, if that is known to be another one than the primary. A host may go by
    /// many names, so a name the inventory does not have proves nothing.
    private static Optional<NodeName> otherNode(Cluster cluster, NodeState.Receiver receiver, NodeName primary) {
        return cluster.nodes().stream()
                .filter(node -> receiver.port() == node.postgres().port()
                        && receiver.host().equals(node.host()))
                .map(Node::name)
                .filter(name -> !name.equals(primary))
                .findFirst();
    }

    /// A node's state in a sentence.
    static String describe(NodeState state) {
        return switch (state) {
            case Primary primary -> "It is a primary.";
            case Standby standby -> "It is a standby.";
            case NodeState.Stopped stopped ->
                "PostgreSQL does not run there (\"%s\")."
                        .formatted(stopped.control().state());
            case NodeState.Unreachable unreachable -> "It could not be asked: " + Sentence.of(unreachable.reason());
        };
    }
}
