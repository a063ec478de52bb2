package io.heliosctl.postgres;

import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;

/// One backend, as `pg_stat_activity` shows it. What it runs is not here: a query may hold secrets.
///
/// @param clientPort the TCP port it is connected from, -1 for a Unix socket; empty if the role may not see
///     it
/// @param type `client backend`, `walsender`, `autovacuum worker` and others
/// @param superuser its user is one
/// @param state `active`, `idle in transaction` and others; empty if the role may not see it
/// @param started when it began; empty if the role may not see it
/// @param transactionStarted when its transaction began; empty if it has none
/// @param transactionAge how long its transaction has been open
/// @param queryAge how long ago its last query was sent
public record Session(
        NodeName node,
        long pid,
        String user,
        String database,
        String application,
        OptionalInt clientPort,
        String type,
        boolean superuser,
        String state,
        Optional<OffsetDateTime> started,
        Optional<OffsetDateTime> transactionStarted,
        Optional<Duration> transactionAge,
        Optional<Duration> queryAge) {

    /// True if this is that session, in that same transaction.
    public boolean isStill(Session other) {
        return pid == other.pid && started.equals(other.started) && transactionStarted.equals(other.transactionStarted);
    }

    /// True if it is a client's, no superuser's, and known well enough not to be taken for another one.
    public boolean mayBeEnded() {
        return type.equals("client backend") && !superuser && started.isPresent();
    }
}
