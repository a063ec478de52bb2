package io.heliosctl.control;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.postgres.RecoverySettings;
import io.heliosctl.postgres.WalCopy;
import io.heliosctl.postgres.WalFiles;
import io.heliosctl.postgres.WalRead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The WAL on the host of a lost primary that does not run any more: as long as its files can be read, nothing
/// that it has written is lost.
final class Remains {

    private static final Duration READING = Duration.ofMinutes(2);
    private static final Duration PREPARING = Duration.ofSeconds(10);

    /// A walreceiver whose upstream is gone ends by itself, unless the network keeps the end from it.
    private static final Duration RELUCTANCE = Duration.ofSeconds(1);

    private static final Duration ENDING = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final LiveCluster live;

    /// What was seen before it was proved that the server does not write any more.
    private final Map<NodeName, Seen> glances = new ConcurrentHashMap<>();

    /// What a standby lacks, read already.
    private final Map<NodeName, WalCopy> prepared = new ConcurrentHashMap<>();

    /// What was seen since.
    private final Map<NodeName, Seen> settled = new ConcurrentHashMap<>();

    Remains(LiveCluster live) {
        this.live = live;
    }

    /// What can be said of it.
    ///
    /// @param read up to where it was read; absent if it cannot be
    /// @param problem why it cannot, where its host answers
    record Seen(Optional<WalRead> read, Optional<Problem> problem) {

        private static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty());

        /// Where it ends.
        Optional<Lsn> end() {
            return read.map(WalRead::end);
        }
    }

    /// Its end is looked for again: it may be stopped only now.
    void stopping(NodeName lost) {
        settled.remove(lost);
    }

    /// Nothing of it counts any more: it runs again, perhaps.
    void forget(NodeName lost) {
        settled.remove(lost);
        glances.remove(lost);
    }

    /// How far it reaches, to be told and not to be relied on: it is looked at once.
    Seen glance(NodeName standby, NodeName lost) {
        if (!glances.containsKey(lost)) {
            glances.put(lost, look(standby, lost, Optional.empty()));
        }
        return glances.get(lost);
    }

    /// How far it reaches, once it is proved that the server does not write any more. What was read before is
    /// not read again, and what could not be read is not waited for again: clients wait.
    Seen settled(NodeName standby, NodeName lost) {
        if (!settled.containsKey(lost)) {
            var before = glances.getOrDefault(lost, Seen.NOTHING);
            settled.put(lost, before.problem().isPresent() ? before : look(standby, lost, before.read()));
        }
        return settled.get(lost);
    }

    boolean isSettled(NodeName lost) {
        return settled.containsKey(lost);
    }

    private Seen look(NodeName standby, NodeName lost, Optional<WalRead> before) {
        if (!live.isReached(lost) || !(live.observe(lost) instanceof Stopped stopped)) {
            return Seen.NOTHING;
        }
        try {
            return new Seen(Optional.of(read(standby, lost, stopped, before)), Optional.empty());
        } catch (ProblemException e) {
            return new Seen(Optional.empty(), Optional.of(e.problems().getFirst()));
        }
    }

    private WalRead read(NodeName standby, NodeName lost, Stopped stopped, Optional<WalRead> before) {
        var state = live.standby(standby);
        var files = files(lost);
        var control = stopped.control();
        var identity = state.identity();
        if (!control.systemId().equals(identity.systemId())) {
            throw files.unreadable("It belongs to another database cluster.");
        }
        if (control.timeline().compareTo(identity.timeline()) > 0) {
            throw files.unreadable("It wrote timeline %s; %s is on timeline %s."
                    .formatted(control.timeline(), standby, identity.timeline()));
        }
        var size = live.node(standby).server().walSupply().intake().segmentSize();
        var read = before.filter(each -> !each.first().isPast(state.received()))
                .map(each -> files.readOn(each, control.systemId(), identity.timeline(), size, READING))
                .orElseGet(() -> files.read(control.systemId(), identity.timeline(), state.received(), size, READING));
        if (control.checkpoint().isPast(read.end())) {
            throw files.unreadable("It is valid up to %s, before its latest checkpoint at %s."
                    .formatted(read.end(), control.checkpoint()));
        }
        return read;
    }

    /// Reads what the standby lacks, as far as that was seen: a stopped server writes no more, so it will mostly
    /// be what is needed. If it is not, or fails, it is done again when it is due.
    void prepare(NodeName standby, NodeName lost) {
        var end = glances.getOrDefault(lost, Seen.NOTHING).end();
        try {
            var range = end.map(each -> range(standby, each));
            if (range.filter(each -> each.to().isPast(each.from())).isPresent()) {
                requireSpace(standby, range.get());
                var copy = files(lost).copy(files(standby), range.get());
                copy.prepare(PREPARING);
                prepared.put(standby, copy);
            }
        } catch (ProblemException _) {
            // It will be told then.
        }
    }

    /// Copies what the standby lacks to its host and waits until it is replayed.
    ///
    /// @return what was done, in a few words
    String fetch(NodeName standby, NodeName lost, Lsn end, Duration timeout) {
        var deadline = Deadline.in(timeout);
        live.node(standby).requireIdentity();
        // What is there by now and was not replayed yet counts as received: it is the same in both.
        var range = range(standby, end);
        var copy = Optional.ofNullable(prepared.remove(standby))
                .filter(each -> each.range().equals(range))
                .orElseGet(() -> {
                    requireSpace(standby, range);
                    return files(lost).copy(files(standby), range);
                });
        endReceiver(standby, deadline.left());
        copy.make(() -> requireIdle(standby), deadline.left());
        live.node(standby).server().walSupply().awaitReplayed(end, deadline.left());
        return "%s of WAL read on %s, up to its end at %s"
                .formatted(Amounts.bytes(range.from().bytesBehind(end)), lost, end);
    }

    private WalCopy.Range range(NodeName standby, Lsn end) {
        var state = live.standby(standby);
        var size = live.node(standby).server().walSupply().intake().segmentSize();
        return new WalCopy.Range(state.identity().timeline(), state.received(), end, size);
    }

    /// The server makes new segments meanwhile.
    private void requireSpace(NodeName standby, WalCopy.Range range) {
        var bytes = (range.space() + 2 * range.segmentSize()) * 11 / 10;
        var disk = live.node(standby).server().diskSpace().getLast();
        if (disk.free() < bytes) {
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
        note(standby, true);
        live.node(standby).server().walSupply().upstream().end(limit);
        awaitIdle(standby, ENDING);
        requireIdle(standby);
    }

    private boolean awaitIdle(NodeName standby, Duration limit) {
        var deadline = Deadline.in(limit);
        while (live.node(standby).server().walSupply().intake().receiving()) {
            if (deadline.endsWaiting()) {
                return false;
            }
            Deadline.pause(PAUSE);
        }
        return true;
    }

    private void requireIdle(NodeName standby) {
        if (live.node(standby).server().walSupply().intake().receiving()) {
            throw new ProblemException(
                    Problem.error("still-receiving", "the walreceiver of %s is still connected".formatted(standby))
                            .detail("It may write to the segment that is to be replaced."));
        }
    }

    /// Writes the settings for another upstream, and keeps those that are there.
    void change(NodeName standby, NodeName upstream) {
        note(standby, true);
        live.node(standby).server().walSupply().upstream().change(live.settings(standby, upstream));
    }

    /// Lets a standby follow whom it followed before, if this run has changed that, by whichever process.
    ///
    /// @param others whom it may follow instead
    String putBack(NodeName standby, List<NodeName> others, Duration timeout) {
        var supply = live.node(standby).server().walSupply();
        supply.files().discard();
        if (!isChanged(standby)) {
            return "";
        }
        var takenBack = supply.upstream().takeBack(settings(standby, others), timeout);
        note(standby, false);
        return takenBack ? "follows as before" : "";
    }

    /// The settings of a former standby are what they were. That this fails is no reason to say that its
    /// promotion did: a primary does not read them.
    void clear(NodeName primary, List<NodeName> others) {
        if (isChanged(primary)) {
            try {
                live.node(primary).server().walSupply().upstream().restore(settings(primary, others));
            } catch (ProblemException _) {
                // The copy of the settings is left behind.
            }
        }
    }

    /// Written down before it is done, so that another process of the run can take it back.
    private void note(NodeName standby, boolean changed) {
        live.scene().note(mark(standby), changed);
    }

    private boolean isChanged(NodeName standby) {
        return live.scene().value(mark(standby)).filter(Boolean.TRUE::equals).isPresent();
    }

    /// It has a space in it, so that no step of a runbook can keep anything by the same name.
    private static String mark(NodeName standby) {
        return standby + " upstream changed";
    }

    private List<RecoverySettings> settings(NodeName standby, List<NodeName> others) {
        return others.stream()
                .filter(live::isReached)
                .map(other -> live.settings(standby, other))
                .toList();
    }

    private WalFiles files(NodeName name) {
        return live.node(name).server().walSupply().files();
    }
}
