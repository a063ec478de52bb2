package io.heliosctl.run;

import io.heliosctl.control.LockHolder;
import io.heliosctl.control.LockedException;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Who holds a lock, in words, and what to type.
final class Holders {

    private Holders() {}

    /// This process, working on that cluster.
    static LockHolder me(RunId id, String cluster, String version, Clock clock) {
        return new LockHolder(
                id.value(),
                System.getProperty("user.name", "-"),
                Caller.machine(),
                clock.instant(),
                ProcessHandle.current().pid(),
                version,
                cluster);
    }

    /// A lock of another run, as a reason to refuse. That it looks abandoned is said; it is never broken for
    /// that.
    static Problem problem(LockedException locked, RunDirectory runs, String cluster) {
        var problem = Problem.error("locked", "another run works on cluster " + cluster);
        if (locked.holder().isEmpty()) {
            return problem.detail("The lock on %s says: \"%s\".".formatted(locked.where(), locked.line()))
                    .hint("Look at it there; heliosctl has not written that.");
        }
        var holder = locked.holder().get();
        var detail = "Run %s by %s@%s since %s, process %d there, as the lock on %s says."
                .formatted(holder.run(), holder.user(), holder.host(), holder.since(), holder.pid(), locked.where());
        if (locked.where().equals(LocalLock.HERE)) {
            return problem.detail(detail)
                    .hint("Wait until it ends. If it does not, end that process first: kill " + holder.pid());
        }
        return problem.detail(
                        abandoned(holder, runs).map(why -> detail + " " + why).orElse(detail))
                .hint(hint(holder, runs));
    }

    private static String hint(LockHolder holder, RunDirectory runs) {
        var known = Files.exists(journal(holder, runs)) && !hasEnded(holder, runs);
        var first = known
                ? "It did not end: look at the cluster with \"heliosctl status\" first, and at %s. "
                        .formatted(journal(holder, runs))
                : "Ask %s@%s. ".formatted(holder.user(), holder.host());
        return first + "If that run is dead for certain, add: --break-lock " + holder.run();
    }

    /// Why nobody seems to be at work any more; empty if that is not known.
    private static Optional<String> abandoned(LockHolder holder, RunDirectory runs) {
        if (hasEnded(holder, runs)) {
            return Optional.of("It is left over: the run's journal here says that it has ended.");
        }
        var gone = holder.host().equals(Caller.machine())
                && ProcessHandle.of(holder.pid()).filter(ProcessHandle::isAlive).isEmpty();
        return gone ? Optional.of("It is left over: that process is gone.") : Optional.empty();
    }

    private static Path journal(LockHolder holder, RunDirectory runs) {
        return runs.journal(new RunId(Path.of(holder.run()).getFileName().toString()));
    }

    /// An unfinished run has not ended: `resume` goes on with it.
    private static boolean hasEnded(LockHolder holder, RunDirectory runs) {
        try {
            var run = new RunId(Path.of(holder.run()).getFileName().toString());
            return JournalReader.story(runs, run)
                    .history()
                    .outcome()
                    .filter(outcome -> !outcome.equals("unfinished"))
                    .isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }
}
