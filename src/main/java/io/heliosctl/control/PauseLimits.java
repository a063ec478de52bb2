package io.heliosctl.control;

import java.time.Duration;

/// How long clients may be made to wait for a PAUSE, and what may be done about those who keep it from
/// coming.
///
/// @param attempt how long one PAUSE may wait for open transactions; clients wait as long
/// @param drain how long it is tried again; clients are served between two attempts
/// @param endsBlockers after that, end the sessions that were waited for, and try once more
public record PauseLimits(Duration attempt, Duration drain, boolean endsBlockers) {

    /// Where nothing else is said.
    public static final Duration ATTEMPT = Duration.ofMillis(500);
}
