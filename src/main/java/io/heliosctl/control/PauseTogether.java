package io.heliosctl.control;

import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.PauseAttempts.Ending;
import io.heliosctl.pgbouncer.ServerInUse;
import io.heliosctl.postgres.Session;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// PAUSE of several poolers as one, in short attempts: either all are paused, or clients are served
/// everywhere.
///
/// An attempt that is not over in time is taken back. What it waited for is named and waited for, with the
/// clients served; then it is tried again, until the time is over.
final class PauseTogether {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /// How long sessions that were ended may take to be gone.
    private static final Duration ENDING = Duration.ofSeconds(5);

    private final PauseLimits limits;
    private final PauseWords words;
    private final Gate gate;
    private final Consumer<String> news;
    private int attempts;
    private long end;

    /// @param poolers who is paused, for people
    /// @param news is told of every attempt that was taken back, and of every session before it is ended;
    ///     clients are served meanwhile, and what it throws ends this
    PauseTogether(String poolers, PauseLimits limits, Gate gate, Consumer<String> news) {
        this.limits = limits;
        this.words = new PauseWords(poolers, limits);
        this.gate = gate;
        this.news = news;
    }

    /// The poolers and the primary behind them.
    interface Gate {

        /// Opens what an attempt needs, before any client waits.
        void prepare();

        Ending attempt(Duration limit);

        /// The server connections that clients hold.
        List<ServerInUse> inUse();

        /// True if no client waits for a server connection.
        boolean nobodyWaits();

        /// The sessions of the primary with these process IDs; empty if it cannot be asked.
        Optional<List<Session>> sessions(Collection<Long> pids);

        /// Ends a session of the primary and returns whether it was still the one that was seen.
        boolean end(Session session);
    }

    /// @return how it went, in a few words; empty if the first attempt was enough
    /// @throws ProblemException if one of them could not be paused; then none is
    String run() {
        gate.prepare();
        allow(limits.drain());
        var seen = attempt();
        while (seen.isPresent()) {
            news.accept(words.takenBack(attempts, seen.get()));
            var left = isTimeLeft() || limits.endsBlockers() ? awaitEnd(seen.get()) : seen.get();
            if (!isTimeLeft()) {
                return outOfTime(seen.get(), left);
            }
            seen = attempt();
        }
        return words.paused(attempts, List.of());
    }

    /// What the attempt waited for; empty if all are paused.
    private Optional<List<Blocker>> attempt() {
        attempts++;
        var left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        return switch (gate.attempt(left.compareTo(limits.attempt()) < 0 ? left : limits.attempt())) {
            case Ending.Paused _ -> Optional.empty();
            case Ending.TimedOut timedOut -> Optional.of(named(timedOut.blockers()));
        };
    }

    private List<Blocker> named(List<ServerInUse> held) {
        var sessions = held.isEmpty()
                ? List.<Session>of()
                : gate.sessions(held.stream().map(ServerInUse::pid).toList()).orElse(List.of());
        return held.stream().map(one -> Blocker.of(one, sessions)).toList();
    }

    /// Until all of them have ended and those who queued behind the attempt have been served, or until the time
    /// is over.
    ///
    /// @return those that are left
    private List<Blocker> awaitEnd(List<Blocker> blockers) {
        var rested = System.nanoTime() + limits.attempt().toNanos() / 2;
        var served = System.nanoTime() + limits.attempt().toNanos();
        var left = still(blockers);
        while (isTimeLeft()
                && (!left.isEmpty()
                        || System.nanoTime() < rested
                        || (System.nanoTime() < served && !gate.nobodyWaits()))) {
            rest();
            left = still(left);
        }
        return left;
    }

    private List<Blocker> still(List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return blockers;
        }
        var held = gate.inUse();
        var sessions = gate.sessions(
                blockers.stream().map(blocker -> blocker.held().pid()).toList());
        return blockers.stream()
                .filter(blocker -> blocker.isStill(held, sessions))
                .toList();
    }

    private String outOfTime(List<Blocker> seen, List<Blocker> left) {
        if (!limits.endsBlockers()) {
            throw new ProblemException(words.timedOut(attempts, seen));
        }
        end(left);
        allow(limits.attempt());
        var blockers = attempt();
        if (blockers.isPresent()) {
            throw new ProblemException(words.timedOut(attempts, blockers.get()));
        }
        return words.paused(attempts, left);
    }

    /// Ends all of them, or none: to end one is of no use while another one stays.
    private void end(List<Blocker> blockers) {
        var staying = blockers.stream()
                .filter(blocker -> blocker.session().filter(Session::mayBeEnded).isEmpty())
                .toList();
        if (!staying.isEmpty()) {
            throw new ProblemException(words.notEnded(staying));
        }
        for (var blocker : blockers) {
            news.accept(words.ending(blocker));
            gate.end(blocker.session().orElseThrow());
        }
        allow(ENDING);
        awaitEnd(blockers);
    }

    private void allow(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    private boolean isTimeLeft() {
        return System.nanoTime() - end < 0;
    }

    /// Nothing is paused here, so there is nothing to take back.
    private static void rest() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProblemException(PauseWords.interrupted());
        }
    }
}
