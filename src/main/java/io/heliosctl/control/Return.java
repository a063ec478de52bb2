package io.heliosctl.control;

import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.NodeState.Unreachable;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.WayBack;
import io.heliosctl.postgres.RewindTrial;
import java.util.Optional;

/// Looks at a node that is to come back, and at the primary it comes back to. Changes nothing.
final class Return {

    private final LiveNode node;
    private final LiveNode upstream;

    Return(LiveNode node, LiveNode upstream) {
        this.node = node;
        this.upstream = upstream;
    }

    WayBack choose(Limits limits) {
        var stray = look();
        return new WaysBack(stray, () -> attempt(stray)).within(limits);
    }

    /// What is known of it.
    ///
    /// @throws ProblemException if it is another system's, or a primary, or cannot be looked at
    Stray look() {
        var primary = primary();
        var state = node.observe();
        if (state instanceof Unreachable unreachable) {
            if (hasData()) {
                throw new ProblemException(
                        Problem.error("node-unreachable", "node %s could not be asked".formatted(name()))
                                .detail(unreachable.reason() + ".")
                                .hint("Look at it with \"heliosctl status\"."));
            }
            return new Stray(
                    node.node().name(),
                    state,
                    false,
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    primary,
                    Optional.empty(),
                    true);
        }
        if (state instanceof Primary) {
            throw new ProblemException(
                    ReturnControl.writable(node.node().name(), upstream.node().name()));
        }
        requireSame(primary.identity(), state);
        var control = node.server().controlData();
        var timeline = state instanceof Running running ? running.identity().timeline() : control.timeline();
        var fork = fork(primary.identity().timeline(), timeline);
        return new Stray(
                node.node().name(),
                state,
                true,
                state instanceof Stopped && node.server().comingBack().isFresh(),
                node.server().comingBack().rewind().isBegun(),
                Optional.of(control),
                Optional.of(end(state)),
                primary,
                fork.position(),
                fork.known());
    }

    private Lsn end(NodeState state) {
        return state instanceof Standby standby
                ? standby.received()
                : node.server().comingBack().endOfWal();
    }

    /// Identity comes first: nothing is looked for in the data directory of another system.
    private void requireSame(Identity expected, NodeState state) {
        if (state instanceof Stopped stopped && !stopped.control().systemId().equals(expected.systemId())) {
            throw new ProblemException(Problem.error("stranger", name() + " belongs to another database cluster")
                    .detail("The system identifier in %s is %s; that of the primary is %s."
                            .formatted(
                                    node.node().postgres().dataDir(),
                                    stopped.control().systemId(),
                                    expected.systemId()))
                    .hint("Correct \"data_dir\" and \"host\" of %s in the inventory.".formatted(name())));
        }
        node.recognise(expected);
        if (state instanceof Running) {
            node.server()
                    .requireIdentity(new Identity(
                            expected.systemId(),
                            expected.timeline(),
                            expected.version(),
                            node.node().postgres().dataDir(),
                            node.node().postgres().port()));
        }
    }

    private record Fork(Optional<Lsn> position, boolean known) {}

    private Fork fork(Timeline primaries, Timeline own) {
        try {
            return new Fork(upstream.server().comingBack().leftTimeline(primaries, own), true);
        } catch (ProblemException e) {
            return new Fork(Optional.empty(), false);
        }
    }

    /// pg_rewind can be tried where nothing runs and nothing is left to recover, and once the primary has made
    /// a checkpoint on its timeline: before that it takes the old one for its own.
    private Optional<RewindTrial> attempt(Stray stray) {
        if (!stray.isShutDown() || !isCheckpointed(stray.primary())) {
            return Optional.empty();
        }
        var trial = node.server().comingBack().rewind().attempt(upstream.node());
        if (trial instanceof RewindTrial.Works works) {
            requireRoom(works.copies());
        }
        return Optional.of(trial);
    }

    private boolean isCheckpointed(Primary primary) {
        return upstream.server()
                .controlData()
                .timeline()
                .equals(primary.identity().timeline());
    }

    /// True once the primary has made a checkpoint on its timeline.
    boolean isCheckpointed() {
        return isCheckpointed(primary());
    }

    /// That there is room for so much on the disk of its data directory, and for some WAL.
    void requireRoom(long bytes) {
        var needed = bytes + SpaceProof.LEAST;
        node.server().diskSpace().stream()
                .filter(disk -> disk.free() < needed)
                .findFirst()
                .ifPresent(disk -> {
                    throw new ProblemException(SpaceProof.full(name(), disk, needed));
                });
    }

    private boolean hasData() {
        return node.server().comingBack().hasData();
    }

    private Primary primary() {
        if (upstream.observe() instanceof Primary primary) {
            return primary;
        }
        throw new ProblemException(Problem.error(
                        "not-a-primary",
                        "%s is not a primary".formatted(upstream.node().name()))
                .hint("Look at the cluster with \"heliosctl status\"."));
    }

    private String name() {
        Node it = node.node();
        return it.name().value();
    }
}
