package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.postgres.Replacement;
import io.heliosctl.postgres.RewindTrial;
import java.util.List;
import java.util.Optional;

/// pg_basebackup on one node, by a job that outlives this program. A server that runs there goes on until the
/// copy is whole.
final class Cloning {

    private final LiveCluster live;
    private final Cluster cluster;
    private final NodeName name;
    private final NodeName upstream;
    private final Deadline deadline;
    private final Replacement replacement;
    private final HostJob job;

    Cloning(LiveCluster live, Cluster cluster, JobMaker jobs, NodeName name, NodeName upstream, Deadline deadline) {
        this.live = live;
        this.cluster = cluster;
        this.name = name;
        this.upstream = upstream;
        this.deadline = deadline;
        this.replacement = live.node(name).server().comingBack().replacement();
        this.job = jobs.of(name, "clone", replacement.word());
    }

    /// That a copy can be made and take its place.
    ///
    /// @return how much it takes
    /// @throws ProblemException if not
    static long requirePossible(LiveCluster live, NodeName name, NodeName upstream) {
        var replacement = live.node(name).server().comingBack().replacement();
        replacement.requirePlace();
        var size = live.node(upstream).server().comingBack().size();
        var disk = replacement.space();
        var needed = size + size / 20 + SpaceProof.LEAST;
        if (disk.free() < needed) {
            throw new ProblemException(SpaceProof.full(name.value(), disk, needed));
        }
        return size;
    }

    /// Goes on with what an earlier process of this run has begun.
    ///
    /// @return what was done; empty if nothing was begun, or nothing came of it
    Optional<String> finish() {
        var state = job.state();
        return state.kind() == HostJob.Kind.NONE ? Optional.empty() : await(state);
    }

    /// Makes it.
    String make() {
        if (job.state().isRunning()) {
            throw new ProblemException(
                    Problem.error("clone-running", "pg_basebackup is at work on %s already".formatted(name))
                            .hint("Wait until it has ended, then try again."));
        }
        replacement.putAside();
        requirePossible(live, name, upstream);
        live.makeSlot(name, upstream);
        job.begin(List.of(replacement.command(cluster.node(upstream))));
        return await(job.state())
                .orElseThrow(() -> new ProblemException(
                        Problem.error("clone-failed", "pg_basebackup was ended from outside on " + name)
                                .hint("Try again: heliosctl clone " + name)));
    }

    private Optional<String> await(HostJob.State begun) {
        var state = begun.isRunning() ? job.await(deadline.left(), text -> live.say(name + ": " + text)) : begun;
        if (state.hasSucceeded()) {
            var words = "cloned"
                    + HostJob.copied(state.output())
                            .map(size -> ", " + size + " copied")
                            .orElse("")
                    + take();
            job.forget();
            return Optional.of(words);
        }
        job.forget();
        if (state.kind() == HostJob.Kind.LOST) {
            return Optional.empty();
        }
        throw new ProblemException(Problem.error("clone-failed", "pg_basebackup does not work on " + name)
                .detail(RewindTrial.reason(state.output()))
                .hint("Mend that, then try again: heliosctl clone " + name));
    }

    /// A process that was cut off may have come as far as the first rename, or the second.
    private String take() {
        if (!replacement.isThere()) {
            return "";
        }
        var node = live.node(name);
        if (node.observe() instanceof Running) {
            new Homecoming(live, name, upstream, deadline).stop();
        }
        replacement.configure(live.settings(name, upstream));
        var old = replacement.take();
        node.server().comingBack().rewind().end();
        return old.map(directory -> ", its old data is in " + directory).orElse("");
    }
}
