package io.heliosctl.bed;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waiting with a deadline.
public final class Await {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Await() {}

    /// Returns once the condition holds.
    ///
    /// @param seen tells what is there instead, for the message
    /// @throws AssertionError if it does not hold in time
    public static void until(String what, Duration limit, BooleanSupplier condition, Supplier<?> seen) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + limit + ": " + what + "; seen: " + seen.get());
            }
            pause(INTERVAL);
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
