package io.heliosctl.control;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.postgres.RecoverySettings;
import io.heliosctl.postgres.WalFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The WAL on the host of a lost primary that does not run any more: as long as its files can be read, nothing
/// that it has written is lost.
final class Remains {

    private static final Duration READING = Duration.ofMinutes(2);

    /// A walreceiver whose upstream is gone ends by itself, unless the network keeps the end from it.
    private static final Duration RELUCTANCE = Duration.ofSeconds(1);

    private static final Duration ENDING = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final LiveCluster live;
    private final Map<NodeName, Lsn> ends = new ConcurrentHashMap<>();
    private final Map<NodeName, Seen> glances = new ConcurrentHashMap<>();

    /// Whose settings were changed for a while.
    private final Set<NodeName> changed = ConcurrentHashMap.newKeySet();

    Remains(LiveCluster live) {
        this.live = live;
    }

    /// What can be said of it.
    ///
    /// @param end where it ends; absent if it cannot be read
    /// @param problem why it cannot, where its host answers
    record Seen(Optional<Lsn> end, Optional<Problem> problem) {

        private static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty());
    }

    /// What may have been written since it was looked at does not count: a server that runs writes on.
    void forget(NodeName lost) {
        ends.remove(lost);
        glances.remove(lost);
    }

    /// As [#seen], to be told and not to be relied on: it is looked at once.
    Seen glance(NodeName standby, NodeName lost) {
        return glances.computeIfAbsent(lost, name -> seen(standby, name, false));
    }

    /// Looks how far the WAL on that host reaches.
    ///
    /// @param ended whether it is proved that the server cannot have written since it was looked at last
    Seen seen(NodeName standby, NodeName lost, boolean ended) {
        if (ended && ends.containsKey(lost)) {
            return new Seen(Optional.of(ends.get(lost)), Optional.empty());
        }
        if (!live.isReached(lost) || !(live.observe(lost) instanceof Stopped stopped)) {
            return Seen.NOTHING;
        }
        try {
            var end = end(standby, lost, stopped);
            if (ended) {
                ends.put(lost, end);
            }
            return new Seen(Optional.of(end), Optional.empty());
        } catch (ProblemException e) {
            return new Seen(Optional.empty(), Optional.of(e.problems().getFirst()));
        }
    }

    private Lsn end(NodeName standby, NodeName lost, Stopped stopped) {
        if (!(live.observe(standby) instanceof Standby state)) {
            throw new ProblemException(Problem.error("not-a-standby", standby + " is not a running standby"));
        }
        var control = stopped.control();
        var identity = state.identity();
        if (!control.systemId().equals(identity.systemId())) {
            throw unreadable(lost, "It belongs to another database cluster.");
        }
        if (control.timeline().compareTo(identity.timeline()) > 0) {
            throw unreadable(
                    lost,
                    "It wrote timeline %s; %s is on timeline %s."
                            .formatted(control.timeline(), standby, identity.timeline()));
        }
        var size = live.node(standby).server().walIntake().segmentSize();
        var end = files(lost).end(control.systemId(), identity.timeline(), state.received(), size, READING);
        if (control.checkpoint().isPast(end)) {
            throw unreadable(
                    lost,
                    "It is valid up to %s, before its latest checkpoint at %s.".formatted(end, control.checkpoint()));
        }
        return end;
    }

    private static ProblemException unreadable(NodeName lost, String detail) {
        return new ProblemException(
                Problem.error("wal-unreadable", "the WAL on %s could not be read to its end".formatted(lost))
                        .detail(detail));
    }

    /// Copies what the standby lacks to its host and waits until it is replayed.
    ///
    /// @return what was done, in a few words
    String fetch(NodeName standby, NodeName lost, Lsn end, Duration timeout) {
        var deadline = System.nanoTime() + timeout.toNanos();
        if (!(live.observe(standby) instanceof Standby state)) {
            throw new ProblemException(Problem.error("not-a-standby", standby + " is not a running standby"));
        }
        live.node(standby).requireIdentity();
        var server = live.node(standby).server();
        var size = server.walIntake().segmentSize();
        // What is there by now and was not replayed yet counts as received: it is the same in both.
        var from = state.received();
        requireSpace(standby, WalFiles.segments(from, end, size) * size);
        endReceiver(standby, left(deadline));
        files(lost)
                .copyTo(
                        files(standby),
                        state.identity().timeline(),
                        from,
                        end,
                        size,
                        () -> requireIdle(standby),
                        left(deadline));
        server.awaitReplayed(end, left(deadline));
        return "%s of WAL read on %s, up to its end at %s".formatted(Amounts.bytes(from.bytesBehind(end)), lost, end);
    }

    /// One segment more must have room: the server makes new ones meanwhile.
    private void requireSpace(NodeName standby, long bytes) {
        var disk = live.node(standby).server().diskSpace().getLast();
        if (disk.free() < bytes + bytes / 10) {
            throw new ProblemException(
                    Problem.error("disk-full", "%s has no room for the WAL that it lacks".formatted(standby))
                            .detail("It needs %s; %s are free in %s."
                                    .formatted(Amounts.bytes(bytes), Amounts.bytes(disk.free()), disk.mountedOn())));
        }
    }

    /// As long as a walreceiver is connected, replay waits for it and does not look into pg_wal.
    private void endReceiver(NodeName standby, Duration limit) {
        if (awaitIdle(standby, RELUCTANCE)) {
            return;
        }
        changed.add(standby);
        live.node(standby).server().upstream().end(limit);
        awaitIdle(standby, ENDING);
        requireIdle(standby);
    }

    private boolean awaitIdle(NodeName standby, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        while (live.node(standby).server().walIntake().receiving()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private void requireIdle(NodeName standby) {
        if (live.node(standby).server().walIntake().receiving()) {
            throw new ProblemException(
                    Problem.error("still-receiving", "the walreceiver of %s is still connected".formatted(standby))
                            .detail("It may write to the segment that is to be replaced."));
        }
    }

    /// Writes the settings for another upstream, and keeps those that are there.
    void change(NodeName standby, NodeName upstream) {
        changed.add(standby);
        live.node(standby).server().upstream().change(live.settings(standby, upstream));
    }

    /// Lets a standby follow whom it followed before.
    ///
    /// @param others whom it may follow instead
    String putBack(NodeName standby, List<NodeName> others, Duration timeout) {
        return live.node(standby).server().upstream().takeBack(settings(standby, others), timeout)
                ? "follows as before"
                : "";
    }

    /// The settings of a former standby are what they were. That this fails is no reason to say that its
    /// promotion did: a primary does not read them.
    void clear(NodeName primary, List<NodeName> others) {
        if (changed.remove(primary)) {
            try {
                live.node(primary).server().upstream().restore(settings(primary, others));
            } catch (ProblemException _) {
                // The copy of the settings is left behind.
            }
        }
    }

    private List<RecoverySettings> settings(NodeName standby, List<NodeName> others) {
        var all = new ArrayList<RecoverySettings>();
        others.stream().filter(live::isReached).forEach(other -> all.add(live.settings(standby, other)));
        return all;
    }

    private WalFiles files(NodeName name) {
        return live.node(name).server().walFiles();
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
