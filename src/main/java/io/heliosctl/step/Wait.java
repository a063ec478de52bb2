package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Optional;

/// Waits until a question of the site's own is answered by yes, or simply for a while.
///
/// @param until what is asked; empty to wait for the whole timeout
/// @param every how long from one question to the next
public record Wait(String target, Optional<Probe> until, Duration every, Duration timeout, Terms terms)
        implements SiteStep {

    /// How long one question may take.
    private static final Duration QUESTION = Duration.ofSeconds(10);

    @Override
    public String verb() {
        return "wait";
    }

    @Override
    public String targetName() {
        return target;
    }

    @Override
    public String summary() {
        return until.map(probe -> "wait on %s until: %s".formatted(target, Shown.cut(probe.shown())))
                .orElse("wait for " + shown(timeout));
    }

    @Override
    public boolean canTell() {
        return true;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        if (terms.done(cluster, timeout)) {
            return Optional.empty();
        }
        // A question that cannot be asked yet may be what is waited for: the waiting says so if it stays that way.
        return Optional.of(new Change("time", "not waited for", "waited for"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        if (cluster.scene().isPretended()) {
            return "";
        }
        var deadline = System.nanoTime() + timeout.toNanos();
        if (until.isEmpty()) {
            sleepUntil(deadline);
            return "";
        }
        var last = "The answer was no.";
        while (true) {
            try {
                if (until.get().isTrue(cluster, QUESTION)) {
                    return "";
                }
                last = "The last answer was no.";
            } catch (ProblemException e) {
                last = "The last answer was an error: "
                        + e.problems().getFirst().message() + ".";
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ProblemException(Problem.error(
                                "waited-too-long",
                                "waited %s on %s for: %s"
                                        .formatted(
                                                shown(timeout),
                                                target,
                                                Shown.cut(until.get().shown())))
                        .detail(last)
                        .hint("Ask it by hand, or give it a larger timeout."));
            }
            sleepUntil(Math.min(deadline, System.nanoTime() + every.toNanos()));
        }
    }

    private static String shown(Duration time) {
        var millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static void sleepUntil(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.error("interrupted", "interrupted while waiting"));
        }
    }
}
