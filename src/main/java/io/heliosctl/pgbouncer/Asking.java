package io.heliosctl.pgbouncer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Asking again until the answer is yes, at first every two milliseconds, later every twenty.
final class Asking {

    private static final long SHORT = Duration.ofMillis(2).toNanos();
    private static final long LONG = Duration.ofMillis(20).toNanos();

    private Asking() {}

    /// True as soon as the question is answered with yes; false at the deadline. It is asked at least once.
    static boolean reached(Duration deadline, BooleanSupplier question) {
        var start = System.nanoTime();
        for (var asked = 0; !question.getAsBoolean(); asked++) {
            if (System.nanoTime() - start >= deadline.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(asked < 20 ? SHORT : LONG);
        }
        return true;
    }

    /// Waits for a yes.
    ///
    /// @throws RuntimeException what `otherwise` makes, at the deadline
    static void await(Duration deadline, BooleanSupplier question, Supplier<? extends RuntimeException> otherwise) {
        if (!reached(deadline, question)) {
            throw otherwise.get();
        }
    }
}
