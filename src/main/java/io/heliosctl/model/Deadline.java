package io.heliosctl.model;

import java.time.Duration;

/// A moment after which nothing is waited for any more.
///
/// @param nanos on the clock of [System#nanoTime]
public record Deadline(long nanos) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /// So far from now.
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /// This moment, or the one that is so far from now, whichever is first.
    public Deadline within(Duration limit) {
        var other = in(limit);
        return other.nanos - nanos < 0 ? other : this;
    }

    public boolean hasPassed() {
        return nanos - System.nanoTime() <= 0;
    }

    /// Whether there is no more to wait for: it has passed, or this thread was interrupted.
    public boolean endsWaiting() {
        return hasPassed() || Thread.currentThread().isInterrupted();
    }

    /// The time left; zero once it has passed.
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /// The time left, and no less than that.
    public Duration left(Duration least) {
        var left = remaining();
        return left.compareTo(least) < 0 ? least : left;
    }

    /// The time left, and at least a millisecond: to sockets and to many methods a zero means for ever.
    public Duration left() {
        return left(SHORTEST);
    }

    /// The same in milliseconds.
    public long millis() {
        return left().toMillis();
    }

    /// Waits a little between two looks; an interruption is kept for the caller and ends the wait.
    public static void pause(Duration little) {
        try {
            Thread.sleep(little);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
