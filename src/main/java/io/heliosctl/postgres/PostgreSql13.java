package io.heliosctl.postgres;

/// `primary_conninfo` and `primary_slot_name` change by reload.
sealed class PostgreSql13 extends PostgreSql12 permits PostgreSql14 {

    @Override
    public boolean followsByReload() {
        return true;
    }
}
