package io.heliosctl.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Asking again until something is so.
final class Await {

    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /// False if it was not so within the limit.
    static boolean until(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
