package io.heliosctl.control;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import java.time.Duration;

/// Starts a server that is to follow another one, and waits until it does.
final class Homecoming {

    /// Nothing but the network is waited for any more once it runs.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final LiveCluster live;
    private final NodeName name;
    private final NodeName upstream;
    private final Deadline deadline;

    Homecoming(LiveCluster live, NodeName name, NodeName upstream, Deadline deadline) {
        this.live = live;
        this.name = name;
        this.upstream = upstream;
        this.deadline = deadline;
    }

    /// Starts it read-only and alone, so that it recovers what it has, and stops it again.
    void recoverAlone() {
        var node = live.node(name);
        node.server().awaitNothingLeft(LEAST);
        node.server().comingBack().becomeLonely();
        node.server().unmask();
        node.start(deadline.left(LEAST));
        stop();
    }

    /// Stops it if it runs; it must be a standby.
    void stop() {
        var node = live.node(name);
        if (node.observe() instanceof Primary) {
            throw new ProblemException(ReturnControl.writable(name, upstream));
        }
        if (node.observe() instanceof Running) {
            node.server().requestStop(StopMode.FAST);
        }
        node.server().awaitExit(deadline.left(LEAST));
        node.server().awaitNothingLeft(LEAST);
    }

    /// Lets it follow.
    ///
    /// @return false if it turns out that its history has parted
    /// @throws ProblemException if it does not stream for another reason
    boolean follows() {
        live.makeSlot(name, upstream);
        var node = live.node(name);
        node.server().comingBack().becomeStandby(live.settings(name, upstream));
        if (node.observe() instanceof Running) {
            node.server().reload();
        } else {
            node.server().unmask();
            node.start(deadline.left(LEAST));
        }
        var patience = deadline.within(PATIENCE);
        while (true) {
            try {
                live.awaitStreaming(name, upstream, SHORT);
                break;
            } catch (ProblemException e) {
                if (hasParted()) {
                    return false;
                }
                if (patience.endsWaiting()) {
                    throw e;
                }
            }
        }
        live.awaitReplayed(name, upstream, deadline.left(LEAST));
        node.server().forgetTombstone();
        return true;
    }

    private boolean hasParted() {
        return live.node(name).observe() instanceof Standby
                && new Return(live.node(name), live.node(upstream)).look().hasParted();
    }
}
