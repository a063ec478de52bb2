package io.heliosctl.postgres;

/// `standby.signal` and `postgresql.auto.conf` in place of recovery.conf; `pg_promote`.
sealed class PostgreSql12 implements Dialect permits PostgreSql13 {

    @Override
    public String replayPauseState() {
        return "case when pg_is_wal_replay_paused() then 'paused' else 'not paused' end";
    }

    @Override
    public boolean followsByReload() {
        return false;
    }
}
