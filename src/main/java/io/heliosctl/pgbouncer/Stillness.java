package io.heliosctl.pgbouncer;

import java.time.Duration;
import java.util.Optional;

/// Notices that what is looked at does not change any more.
final class Stillness {

    private final Duration limit;
    private Optional<Object> last = Optional.empty();
    private long since;

    Stillness(Duration limit) {
        this.limit = limit;
    }

    /// True once the same has been seen for the whole time.
    boolean hasLasted(Object seen) {
        var now = System.nanoTime();
        if (!last.equals(Optional.of(seen))) {
            last = Optional.of(seen);
            since = now;
        }
        return now - since >= limit.toNanos();
    }
}
