package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import io.heliosctl.postgres.RecoverySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What makes one server follow another: settings, slots, and the proof that it does.
final class Following {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int SURELY_ENDED = 20;

    private final Cluster cluster;
    private final Rendering rendering;
    private final Function<String, Optional<Secret>> secrets;

    Following(Cluster cluster, Rendering rendering, Function<String, Optional<Secret>> secrets) {
        this.cluster = cluster;
        this.rendering = rendering;
        this.secrets = secrets;
    }

    /// The rendered recovery settings of a node that follows another.
    ///
    /// @param slots whether the cluster's standbys use replication slots
    RecoverySettings settings(LiveNode node, LiveNode upstream, boolean slots) {
        var user = node.node().postgres().replicationUser();
        var password = cluster.secrets().containsKey(user)
                ? secrets.apply(user)
                        .map(secret -> secret.reveal(text -> Map.of("password", text)))
                        .orElse(Map.of())
                : Map.<String, String>of();
        return RecoverySettings.parse(rendered(node, upstream, slots, password));
    }

    /// The same as text for people, with `***` for a password.
    String shown(LiveNode node, LiveNode upstream, boolean slots) {
        var user = node.node().postgres().replicationUser();
        return rendered(
                node, upstream, slots, cluster.secrets().containsKey(user) ? Map.of("password", "***") : Map.of());
    }

    private String rendered(LiveNode node, LiveNode upstream, boolean slots, Map<String, String> password) {
        var version = node.pinned()
                .or(upstream::pinned)
                .orElseThrow(() -> new ProblemException(
                        Problem.error("version-unknown", node.node().name() + " has not told its version")))
                .version();
        return rendering.recovery(node.node(), upstream.node(), slot(node, slots), version, password);
    }

    /// A node keeps the slot it uses; one that never was a standby gets one of its own name where others use
    /// slots.
    static Optional<String> slot(LiveNode node, boolean slots) {
        var own = node.node().name().value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return node.usedSlot().or(() -> slots ? Optional.of(own) : Optional.empty());
    }

    /// Makes the slot a node will use, on the server it will follow.
    void makeSlot(LiveNode node, LiveNode upstream, boolean slots) {
        slot(node, slots).ifPresent(upstream.server()::createSlot);
    }

    /// Waits until every standby streams from a primary and has replayed what it had written when this was
    /// asked.
    ///
    /// @return who streams, in a few words
    String requireStreaming(LiveCluster live, NodeName primary, Duration timeout) {
        if (!(live.observe(primary) instanceof Primary state)) {
            throw new ProblemException(Problem.error("not-a-primary", primary + " is not a primary"));
        }
        var waiting = new ArrayList<NodeName>(cluster.others(primary));
        var everybody = List.copyOf(waiting);
        var deadline = Deadline.in(timeout);
        var ended = 0;
        while (true) {
            waiting.removeIf(name -> isCaughtUp(live, name, primary, state));
            if (waiting.isEmpty()) {
                return everybody.size() + " of " + everybody.size() + " stream";
            }
            // A server that does not run will not begin to stream by being waited for.
            ended = waiting.stream().allMatch(name -> live.observe(name) instanceof Stopped) ? ended + 1 : 0;
            if (ended == SURELY_ENDED || deadline.hasPassed()) {
                throw notStreaming(live, waiting, primary);
            }
            pause();
        }
    }

    /// Waits until one standby has replayed what its upstream has written by now.
    void awaitReplayed(LiveCluster live, NodeName name, NodeName upstream, Duration timeout) {
        if (!(live.observe(upstream) instanceof Primary state)) {
            throw new ProblemException(Problem.error("not-a-primary", upstream + " is not a primary"));
        }
        var deadline = Deadline.in(timeout);
        while (!isCaughtUp(live, name, upstream, state)) {
            if (deadline.hasPassed()) {
                throw notStreaming(live, List.of(name), upstream);
            }
            pause();
        }
    }

    private static boolean isCaughtUp(LiveCluster live, NodeName name, NodeName primary, Primary state) {
        return live.observe(name) instanceof Standby standby
                && standby.isStreaming()
                && !state.written().isPast(standby.replayed())
                && live.observe(primary) instanceof Running upstream
                && standby.upstream()
                        .flatMap(receiver -> receiver.timeline())
                        .equals(Optional.of(upstream.identity().timeline()));
    }

    private static ProblemException notStreaming(LiveCluster live, List<NodeName> waiting, NodeName primary) {
        var problems = waiting.stream()
                .map(name -> Problem.error("not-streaming", "%s does not stream from %s".formatted(name, primary))
                        .detail(seen(live.observe(name)))
                        .hint("Look at the server log on %s%s; then run \"heliosctl status %s\"."
                                .formatted(
                                        name,
                                        live.observe(name) instanceof Stopped ? " and start PostgreSQL there" : "",
                                        live.cluster().name())))
                .toList();
        return new ProblemException(problems);
    }

    private static String seen(NodeState state) {
        return switch (state) {
            case Primary _ -> "It accepts writes.";
            case Standby standby ->
                "It is a standby at %s; %s."
                        .formatted(
                                standby.replayed(),
                                standby.upstream()
                                        .map(receiver -> "its walreceiver says \"%s\"".formatted(receiver.status()))
                                        .orElse("it has no walreceiver"));
            case Stopped stopped ->
                "PostgreSQL does not run there (\"%s\")."
                        .formatted(stopped.control().state());
            case NodeState.Unreachable unreachable -> "It could not be asked: " + unreachable.reason() + ".";
        };
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.error("interrupted", "interrupted while waiting for standbys"));
        }
    }
}
