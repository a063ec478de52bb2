package io.heliosctl.postgres;

import java.time.Duration;

/// A moment after which nothing is waited for any more, on the monotonic clock.
final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - end >= 0;
    }

    /// The time left, at least a millisecond, since zero means "for ever" to sockets.
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    /// Waits a little between two looks; an interruption is kept for the caller and ends the wait.
    static void pause(Duration little) {
        try {
            Thread.sleep(little);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
