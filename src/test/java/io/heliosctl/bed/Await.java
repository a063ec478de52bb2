package io.heliosctl.bed;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waiting with a deadline.
public final class Await {

    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration CLOSE = Duration.ofMillis(5);

    private Await() {}

    /// Returns once the condition holds.
    ///
    /// @param seen tells what is there instead, for the message
    /// @throws AssertionError if it does not hold in time
    public static void until(String what, Duration limit, BooleanSupplier condition, Supplier<?> seen) {
        until(what, limit, INTERVAL, condition, seen);
    }

    /// The same, looking so often that the moment is known to some milliseconds.
    public static void closely(String what, Duration limit, BooleanSupplier condition, Supplier<?> seen) {
        until(what, limit, CLOSE, condition, seen);
    }

    private static void until(
            String what, Duration limit, Duration interval, BooleanSupplier condition, Supplier<?> seen) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + limit + ": " + what + "; seen: " + seen.get());
            }
            pause(interval);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
