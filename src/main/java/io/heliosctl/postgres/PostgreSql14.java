package io.heliosctl.postgres;

/// A pause of replay that was asked for and has not happened yet can be told from one that has.
final class PostgreSql14 extends PostgreSql13 {

    @Override
    public String replayPauseState() {
        return "pg_get_wal_replay_pause_state()";
    }
}
