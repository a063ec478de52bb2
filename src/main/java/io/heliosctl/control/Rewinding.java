package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.postgres.Rewind;
import io.heliosctl.postgres.RewindTrial;
import java.time.Duration;
import java.util.Optional;

/// pg_rewind on one node, by a job that outlives this program.
///
/// What is on the host tells where an earlier process was: the job, the marker, and the server's own files
/// beside the data directory. The marker is made by the job itself before pg_rewind, so where there is none
/// nothing was changed.
final class Rewinding {

    private static final Duration CHECKPOINT = Duration.ofMinutes(10);

    private final LiveCluster live;
    private final Cluster cluster;
    private final NodeName name;
    private final NodeName upstream;
    private final Deadline deadline;
    private final Rewind rewind;
    private final HostJob job;
    private Optional<String> failed = Optional.empty();

    Rewinding(LiveCluster live, Cluster cluster, JobMaker jobs, NodeName name, NodeName upstream, Deadline deadline) {
        this.live = live;
        this.cluster = cluster;
        this.name = name;
        this.upstream = upstream;
        this.deadline = deadline;
        this.rewind = live.node(name).server().comingBack().rewind();
        this.job = jobs.of(name, "rewind", rewind.word());
    }

    /// Goes on with what an earlier process of this run has begun.
    ///
    /// @return what was done; empty if nothing was begun, or nothing came of it
    Optional<String> finish() {
        var state = job.state();
        if (state.kind() == HostJob.Kind.NONE) {
            return Optional.empty();
        }
        return Optional.of(await(state)).filter(words -> !words.isEmpty());
    }

    /// Makes it.
    String make() {
        if (failed.isPresent()) {
            throw refused(failed.get());
        }
        requireNobody();
        new Homecoming(live, name, upstream, deadline).stop();
        live.checkpoint(upstream, CHECKPOINT);
        switch (rewind.attempt(cluster.node(upstream))) {
            case RewindTrial.Works works ->
                new Return(live.node(name), live.node(upstream)).requireRoom(works.copies());
            case RewindTrial.NotNeeded _ -> {}
            // Stopped as it is now it is looked at anew, and a harder way is found.
            case RewindTrial.Impossible _ -> {
                return "stopped";
            }
            case RewindTrial.Refused refused -> throw refused(refused.reason());
        }
        live.makeSlot(name, upstream);
        rewind.prepare();
        job.begin(rewind.commands(cluster.node(upstream)));
        var words = await(job.state());
        if (words.isEmpty() && !rewind.isBegun()) {
            throw refused(failed.orElse("it has not come to a good end"));
        }
        return words.isEmpty() ? "pg_rewind has failed" : words;
    }

    /// Another run's pg_rewind may be at work on the same data directory.
    private void requireNobody() {
        if (job.state().isRunning()) {
            throw new ProblemException(
                    Problem.error("rewind-running", "pg_rewind is at work on %s already".formatted(name))
                            .hint("Wait until it has ended, then try again."));
        }
    }

    /// @return in a few words what came of it; empty if nothing was changed
    private String await(HostJob.State begun) {
        var state = begun.isRunning() ? job.await(deadline.left(), text -> live.say(name + ": " + text)) : begun;
        if (state.hasSucceeded()) {
            if (rewind.isBegun()) {
                rewind.putBack();
                live.node(name).server().comingBack().becomeStandby(live.settings(name, upstream));
                rewind.end();
            }
            job.forget();
            return "rewound"
                    + HostJob.copied(state.output())
                            .map(size -> ", " + size + " copied")
                            .orElse("");
        }
        failed = Optional.of(
                state.kind() == HostJob.Kind.LOST ? "it was ended from outside" : RewindTrial.reason(state.output()));
        if (state.kind() == HostJob.Kind.ENDED && !Rewind.hasChanged(state.output())) {
            rewind.end();
            live.node(name).server().unmask();
        }
        job.forget();
        return "";
    }

    private ProblemException refused(String reason) {
        return new ProblemException(Problem.error("rewind-failed", "pg_rewind does not work on " + name)
                .detail(reason)
                .hint("Put a new copy in its place: heliosctl clone " + name));
    }
}
