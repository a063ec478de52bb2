package io.heliosctl.control;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// What is said about a PAUSE that has to wait.
///
/// @param poolers who is paused: `pgb1, pgb2`
record PauseWords(String poolers, PauseLimits limits) {

    private static final int SHOWN = 5;

    static Problem interrupted() {
        return Problem.error("interrupted", "pausing was interrupted")
                .detail("It waited for sessions to end; nothing was paused.");
    }

    /// An attempt that was not over in time.
    String takenBack(int attempt, List<Blocker> blockers) {
        var named = blockers.isEmpty() ? "" : "; in the way: " + names(blockers);
        return "attempt %d: not paused within %s, clients are served again%s".formatted(attempt, attempt(), named);
    }

    String ending(Blocker blocker) {
        return "ending " + blocker.text();
    }

    /// @param ended the sessions that were ended for it
    String paused(int attempts, List<Blocker> ended) {
        var attempt = attempts == 1 ? "" : "at attempt " + attempts;
        return ended.isEmpty() ? attempt : attempt + ", after ending " + pids(ended);
    }

    Problem timedOut(int attempts, List<Blocker> blockers) {
        var named = blockers.isEmpty() ? "" : " It waited for: " + names(blockers) + ".";
        return Problem.error(
                        "pause-timed-out",
                        "%s could not be paused within %s".formatted(poolers, amount(limits.drain())))
                .detail("It was tried %s, for %s. All that was paused is resumed; clients are served.%s"
                        .formatted(
                                attempts == 1 ? "once" : attempts + " times",
                                attempt() + (attempts == 1 ? "" : " each"),
                                named))
                .hint(
                        limits.endsBlockers()
                                ? "See why these sessions do not end, or allow more time with --drain."
                                : "Allow more time with --drain, or let these sessions be ended: --terminate-blockers.");
    }

    /// Sessions that must not be ended, or are not known well enough for it.
    Problem notEnded(List<Blocker> staying) {
        return Problem.error("blocker-stays", "what keeps %s from pausing may not be ended".formatted(poolers))
                .detail(
                        "No session was ended, since these would stay: %s. All that was paused is resumed; clients are served."
                                .formatted(staying.stream()
                                        .limit(SHOWN)
                                        .map(blocker -> blocker.text() + " (" + blocker.whyNot() + ")")
                                        .collect(Collectors.joining("; "))))
                .hint("End them yourself, or allow more time with --drain.");
    }

    private static String names(List<Blocker> blockers) {
        var more = blockers.size() - SHOWN;
        return blockers.stream().limit(SHOWN).map(Blocker::text).collect(Collectors.joining("; "))
                + (more > 0 ? "; and %d more".formatted(more) : "");
    }

    private static String pids(List<Blocker> blockers) {
        return blockers.stream()
                .map(blocker -> "pid %d of %s"
                        .formatted(blocker.held().pid(), blocker.held().user()))
                .collect(Collectors.joining(", "));
    }

    private String attempt() {
        var isShorter = limits.drain().compareTo(limits.attempt()) < 0;
        return amount(isShorter ? limits.drain() : limits.attempt());
    }

    private static String amount(Duration duration) {
        return Amounts.time(duration);
    }
}
