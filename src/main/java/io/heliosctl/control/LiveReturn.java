package io.heliosctl.control;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Way;
import io.heliosctl.model.WayBack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Brings a node of the real cluster back: it looks, takes the gentlest way, and looks again, since starting a
/// server may show that its history has parted.
final class LiveReturn implements ReturnControl {

    private static final int TRIES = 5;
    private static final Duration CHECKPOINT = Duration.ofMinutes(10);

    private final LiveCluster live;
    private final Cluster cluster;
    private final Supplier<Optional<JobMaker>> jobs;

    /// @param jobs of this run, once it has begun
    LiveReturn(LiveCluster live, Cluster cluster, Supplier<Optional<JobMaker>> jobs) {
        this.live = live;
        this.cluster = cluster;
        this.jobs = jobs;
    }

    @Override
    public WayBack wayBack(NodeName node, NodeName upstream, Limits limits) {
        var way = new Return(live.node(node), live.node(upstream)).choose(limits);
        if (way.way() != Way.CLONE) {
            return way;
        }
        var size = Cloning.requirePossible(live, node, upstream);
        return new WayBack(
                Way.CLONE, false, "%s; about %s are to be copied".formatted(way.reason(), Amounts.bytes(size)));
    }

    @Override
    public String bringBack(NodeName name, NodeName upstream, Limits limits, Duration timeout) {
        var maker = jobs.get().orElseThrow(() -> new IllegalStateException("no run has begun"));
        var deadline = Deadline.in(timeout);
        var home = new Homecoming(live, name, upstream, deadline);
        var rewinding = new Rewinding(live, cluster, maker, name, upstream, deadline);
        var done = new ArrayList<String>();
        rewinding.finish().ifPresent(done::add);
        var cloning = new Cloning(live, cluster, maker, name, upstream, deadline);
        cloning.finish().ifPresent(done::add);
        if (!new Return(live.node(name), live.node(upstream)).isCheckpointed()) {
            live.checkpoint(upstream, CHECKPOINT);
        }
        // A copy that was made just now is not made again, whatever was asked for.
        var limited = done.isEmpty() ? limits : Limits.upTo(limits.hardest());
        for (var tries = 0; tries < TRIES; tries++) {
            var way = wayBack(name, upstream, limited);
            live.say("%s %s: %s".formatted(name, way.recoversFirst() ? "recovers alone" : way.words(), way.reason()));
            if (way.recoversFirst()) {
                home.recoverAlone();
                done.add("recovered alone");
            } else if (way.way() == Way.REWIND) {
                done.add(rewinding.make());
                limited = Limits.upTo(limits.hardest());
            } else if (way.way() == Way.CLONE) {
                done.add(cloning.make());
                limited = Limits.upTo(limits.hardest());
            } else if (home.follows()) {
                done.add("streams");
                return told(done);
            }
        }
        throw new ProblemException(Problem.error("not-back", "%s does not come back to %s".formatted(name, upstream))
                .detail("Made so far: %s.".formatted(told(done)))
                .hint("Look at the server log on %s.".formatted(name)));
    }

    private static String told(List<String> done) {
        return String.join(", ", done);
    }
}
