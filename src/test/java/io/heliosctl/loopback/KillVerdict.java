package io.heliosctl.loopback;

import java.time.Duration;
import java.util.List;

/// What came of one case.
///
/// @param exits of the calls made after the kill, in order
/// @param unserved how long after the kill a new client waited for its first row, at the pooler where it took
///     longest
/// @param errors that clients have seen
/// @param violations what does not hold, each with what was seen; none if all is well
record KillVerdict(
        KillCase of, List<Integer> exits, Duration unserved, long errors, List<String> violations, Duration took) {

    KillVerdict {
        exits = List.copyOf(exits);
        violations = List.copyOf(violations);
    }

    boolean isGood() {
        return violations.isEmpty();
    }

    /// One line of a table.
    String line() {
        return "%-4s %-28s %-9s exits %-12s unserved %5d ms  errors %3d  %4.1f s"
                .formatted(
                        isGood() ? "ok" : "BAD",
                        of.point(),
                        of.ending().word(),
                        exits,
                        unserved.toMillis(),
                        errors,
                        took.toMillis() / 1000.0);
    }
}
