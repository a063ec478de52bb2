package io.heliosctl.postgres;

import io.heliosctl.model.Deadline;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Looks until what is seen is what is wanted.
final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Eventually() {}

    static <T> T matches(Supplier<T> look, Predicate<T> wanted) {
        var deadline = Deadline.in(LIMIT);
        var seen = look.get();
        while (!wanted.test(seen)) {
            if (deadline.hasPassed()) {
                throw new AssertionError("still not what is wanted after " + LIMIT + ": " + seen);
            }
            Deadline.pause(Duration.ofMillis(20));
            seen = look.get();
        }
        return seen;
    }
}
