package io.heliosctl.remote;

import java.time.Duration;

/// The moment when waiting ends.
///
/// @param nanos on the clock of [System#nanoTime]
record Deadline(long nanos) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /// What is left of it; zero once it has passed.
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /// The same in milliseconds, and at least one: to many methods a zero means for ever.
    long millis() {
        return Math.max(1, remaining().toMillis());
    }

    boolean hasPassed() {
        return nanos - System.nanoTime() <= 0;
    }
}
