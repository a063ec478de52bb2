package io.heliosctl.control;

import java.time.Duration;

/// How long clients may be made to wait for a PAUSE, and what may be done about those who keep it from
/// coming.
///
/// @param attempt how long one PAUSE may wait for open transactions; clients wait as long
/// @param drain how long it is tried again; clients are served between two attempts
/// @param endsBlockers after that, end the sessions that were waited for, and try once more
/// @param logins how long each attempt waits first for server logins that are under way, with the clients served:
///     one that PAUSE meets counts as failed and holds up the next for `server_login_retry` (pgbouncer#498)
public record PauseLimits(Duration attempt, Duration drain, boolean endsBlockers, Duration logins) {

    /// Where nothing else is said.
    public static final Duration ATTEMPT = Duration.ofMillis(500);

    private static final Duration LOGINS = Duration.ofMillis(300);

    /// Where the server answers, logins end soon.
    public PauseLimits(Duration attempt, Duration drain, boolean endsBlockers) {
        this(attempt, drain, endsBlockers, LOGINS);
    }

    /// Where the server is lost, a login is always under way, and fails anyway.
    public static PauseLimits once(Duration attempt, Duration drain) {
        return new PauseLimits(attempt, drain, false, Duration.ZERO);
    }
}
