package io.heliosctl.postgres;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.ServerVersion;

/// Where versions of PostgreSQL differ; one class for each version that brought a difference.
sealed interface Dialect permits PostgreSql12 {

    /// SQL for one of the words of `pg_get_wal_replay_pause_state`.
    String replayPauseState();

    /// Whether a reload is enough for a new `primary_conninfo` (PostgreSQL 13 release notes).
    boolean followsByReload();

    /// How that version speaks.
    ///
    /// @throws ProblemException if the version is too old
    static Dialect of(ServerVersion version) {
        if (version.atLeast(14)) {
            return new PostgreSql14();
        }
        if (version.atLeast(13)) {
            return new PostgreSql13();
        }
        if (version.atLeast(12)) {
            return new PostgreSql12();
        }
        throw new ProblemException(
                Problem.error("unsupported-version", "PostgreSQL %s is too old".formatted(version.major()))
                        .hint("heliosctl works with PostgreSQL 12 and later."));
    }
}
