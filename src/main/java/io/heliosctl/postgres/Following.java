package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// Waits until a standby streams from its upstream, on the upstream's timeline.
final class Following {

    private static final Duration PAUSE = Duration.ofMillis(20);

    /// A startup process whose upstream was not there sleeps `wal_retrieve_retry_interval`; a reload wakes
    /// it.
    private static final Duration WAKE = Duration.ofMillis(500);

    private final Node node;
    private final Supplier<NodeState> observe;
    private final Runnable wake;

    Following(Node node, Supplier<NodeState> observe, Runnable wake) {
        this.node = node;
        this.observe = observe;
        this.wake = wake;
    }

    Standby await(RecoverySettings settings, Identity upstream, Duration limit) {
        var deadline = Deadline.in(limit);
        var woken = System.nanoTime();
        while (true) {
            var seen = observe.get();
            if (seen instanceof Standby standby && follows(standby, settings, upstream)) {
                return standby;
            }
            if (deadline.endsWaiting()) {
                throw new ProblemException(Problem.error(
                                "not-streaming",
                                "%s does not stream from %s:%d on timeline %s"
                                        .formatted(
                                                node.name(),
                                                settings.upstreamHost(),
                                                settings.upstreamPort(),
                                                upstream.timeline()))
                        .detail("Seen after %s: %s".formatted(Amounts.time(limit), describe(seen))));
            }
            Deadline.pause(PAUSE);
            if (seen instanceof Running && System.nanoTime() - woken > WAKE.toNanos()) {
                woken = System.nanoTime();
                wake.run();
            }
        }
    }

    private static boolean follows(Standby standby, RecoverySettings settings, Identity upstream) {
        var wanted = new Conninfo(
                        Map.of("host", settings.upstreamHost(), "port", Integer.toString(settings.upstreamPort())))
                .address();
        return standby.facts().setting("primary_conninfo").equals(wanted)
                && standby.isStreaming()
                && standby.upstream()
                        .filter(receiver -> receiver.port() == settings.upstreamPort())
                        .flatMap(NodeState.Receiver::timeline)
                        .filter(upstream.timeline()::equals)
                        .isPresent();
    }

    private static String describe(NodeState seen) {
        return switch (seen) {
            case Standby standby ->
                "primary_conninfo leads to \"%s\"; %s"
                        .formatted(
                                standby.facts().setting("primary_conninfo"),
                                standby.upstream()
                                        .map(receiver -> "its walreceiver is %s, from %s:%d, timeline %s."
                                                .formatted(
                                                        receiver.status(),
                                                        receiver.host(),
                                                        receiver.port(),
                                                        receiver.timeline()
                                                                .map(Object::toString)
                                                                .orElse("unknown")))
                                        .orElse("it has no walreceiver."));
            case NodeState.Primary _ -> "it is a primary.";
            case NodeState.Stopped _ -> "it is stopped.";
            case NodeState.Unreachable unreachable -> unreachable.reason() + ".";
        };
    }
}
