package io.heliosctl.control;

import io.heliosctl.model.FenceProof;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Lineage;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Stops a former primary over SSH and sees to it that it cannot come back writable: `standby.signal` in its
/// data directory, or where that cannot be written its unit masked. It is never killed: a process that storage
/// holds up would write when it is let go.
final class Burial {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LiveCluster live;
    private final LiveNode node;
    private final NodeName name;
    private final Optional<Lineage> lineage;
    private final FenceMarks marks;
    private boolean buried;
    private CompletableFuture<Void> rest = CompletableFuture.completedFuture(null);

    /// @param lineage of the other nodes; a server of another system is left alone
    /// @param marks what this run has done, by whichever process
    Burial(LiveCluster live, LiveNode node, Optional<Lineage> lineage, FenceMarks marks) {
        this.live = live;
        this.node = node;
        this.name = node.node().name();
        this.lineage = lineage;
        this.marks = marks;
    }

    Fencing make(Optional<NodeName> upstream, Duration timeout) {
        var gone = InParallel.begin(this::endedAlready);
        var signalled = InParallel.begin(node.server()::isTombstoned);
        requireSame();
        var proof = gone.get();
        if (proof.isEmpty()) {
            var state = node.observe();
            var readOnly = Fences.readOnly(name, state);
            if (readOnly.isPresent()) {
                return new Fencing(readOnly.get(), "runs read-only already");
            }
            proof = Optional.of(state instanceof NodeState.Stopped ? ended(PATIENCE) : stop(timeout));
        }
        var kept = keepDown(upstream, signalled);
        return new Fencing(proof.get(), proof.get().words() + ", " + String.join(", ", kept));
    }

    /// True if this process has seen it end and then its standby.signal: only a read-only server can come of
    /// that, whoever starts it.
    boolean isBuried() {
        return buried;
    }

    /// Whether it is fenced already.
    Fenced look() {
        var observed = InParallel.begin(node::observe);
        var down = InParallel.begin(this::staysDown);
        requireSame();
        var state = observed.get();
        var readOnly = Fences.readOnly(name, state);
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        if (!(state instanceof NodeState.Stopped) || !down.get()) {
            throw new ProblemException(Problem.error("not-stopped", name + " is not proved to be stopped")
                    .detail("It has no standby.signal, or its server runs."));
        }
        return ended(PATIENCE);
    }

    private boolean staysDown() {
        return node.server().isTombstoned() || node.server().isMasked();
    }

    /// A clean stop lets the standbys have the rest. It gets a third of the time; what takes longer is held up.
    private Fenced stop(Duration timeout) {
        marks.stopping();
        var clean = timeout.dividedBy(3);
        try {
            return node.stop(StopMode.FAST, clean);
        } catch (ProblemException notClean) {
            try {
                node.server().requestStop(StopMode.IMMEDIATE);
                node.server().awaitNothingLeft(timeout.minus(clean));
            } catch (ProblemException e) {
                var problems = new ArrayList<Problem>(notClean.problems());
                problems.addAll(e.problems());
                throw new ProblemException(problems);
            }
            return ended(PATIENCE);
        }
    }

    private Optional<Fenced> endedAlready() {
        try {
            return Optional.of(ended(Duration.ZERO));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// That no process of it is left, and by what it is known where its WAL ends.
    private Fenced ended(Duration patience) {
        node.server().awaitNothingLeft(patience);
        var control = node.server().controlData();
        if (control.isCleanlyShutDown()) {
            return node.server().proveStopped();
        }
        return new FenceProof(
                name, "does not run (\"%s\")".formatted(control.state()), Optional.of(control.checkpoint()));
    }

    private void requireSame() {
        var seen = node.server().controlData().systemId();
        if (lineage.filter(line -> !line.systemId().equals(seen)).isPresent()) {
            throw new ProblemException(Problem.error("stranger", name + " belongs to another database cluster")
                    .detail("Its system identifier is %s; the others have %s."
                            .formatted(seen, lineage.get().systemId()))
                    .hint("Correct \"data_dir\" and \"host\" of %s in the inventory.".formatted(name)));
        }
    }

    /// The tombstone is enough, whoever starts it. Where it cannot be written, such as on a full disk, the unit
    /// is masked.
    ///
    /// @param signalled whether it has a tombstone already, which is not this run's to take away
    private List<String> keepDown(Optional<NodeName> upstream, Supplier<Boolean> signalled) {
        var done = new ArrayList<String>();
        var problems = new ArrayList<Problem>();
        try {
            if (!signalled.get()) {
                marks.signalling();
            }
            upstream.ifPresent(other -> rest = CompletableFuture.runAsync(
                    () -> prepare(other), task -> Thread.ofVirtual().start(task)));
            node.server().signalStandby();
            buried = true;
            done.add("would start read-only");
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        if (done.isEmpty() && node.node().postgres().service().isPresent()) {
            try {
                marks.masking();
                node.server().mask();
                done.add("unit masked");
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        if (done.isEmpty()) {
            throw new ProblemException(problems);
        }
        return done;
    }

    /// Whom it would follow matters to nobody before it is started again; that it cannot write does.
    private void prepare(NodeName upstream) {
        try {
            live.prepareStandby(name, upstream);
        } catch (ProblemException e) {
            // It would follow nobody, and stay read-only all the same.
            return;
        }
    }

    /// What clients need not wait for: it ends once it is written whom it would follow, or could not be.
    CompletableFuture<Void> rest() {
        return rest;
    }

    /// Looks what there is to take back: the process that did it may have died at any moment of it.
    String takeBack(Duration timeout) {
        requireSame();
        if (marks.wasMasked()) {
            node.server().unmask();
        }
        var state = node.observe();
        var asStandby = marks.wasSignalled() && state instanceof NodeState.Standby;
        if (asStandby) {
            // Somebody has started it meanwhile, read-only, as its standby.signal wants it.
            node.stop(StopMode.FAST, timeout);
        }
        if (marks.wasSignalled()) {
            node.removeTombstone();
        }
        if (!marks.wasStopped() && !asStandby) {
            marks.forget();
            return "left stopped, as it was";
        }
        if (state instanceof NodeState.Unreachable) {
            throw new ProblemException(Problem.error("stop-pending", "%s was told to stop and has not".formatted(name))
                    .detail("It may still do so, as soon as what holds it up lets it go.")
                    .hint("When it answers again, see that it runs: heliosctl status"));
        }
        if (!(state instanceof NodeState.Primary)) {
            node.server().awaitExit(timeout);
            node.start(timeout);
        }
        marks.forget();
        return "started again";
    }
}
