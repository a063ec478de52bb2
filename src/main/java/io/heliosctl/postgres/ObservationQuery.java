package io.heliosctl.postgres;

/// The one statement that asks a server everything. One row; lists are two-dimensional text arrays.
///
/// A role with `pg_monitor` may ask all of it. Whether the server is in recovery is asked once, so that a
/// promotion in between gives no half of each. The timeline of a primary comes from the WAL it writes, since
/// pg_control names the old one until the first checkpoint; that of a standby from its walreceiver, else from
/// pg_control.
final class ObservationQuery {

    private static final String SETTINGS = """
            archive_command archive_library archive_mode cluster_name config_file data_checksums \
            data_directory_mode fsync full_page_writes hba_file hot_standby listen_addresses max_connections \
            max_locks_per_transaction max_prepared_transactions max_replication_slots max_slot_wal_keep_size \
            max_wal_senders max_wal_size max_worker_processes primary_conninfo primary_slot_name \
            recovery_end_command recovery_min_apply_delay recovery_target_timeline restore_command \
            server_version server_version_num shared_preload_libraries synchronous_commit \
            synchronous_standby_names unix_socket_directories wal_level wal_log_hints \
            wal_receiver_status_interval wal_retrieve_retry_interval wal_segment_size wal_sender_timeout""";

    private static final String SQL = """
            with me as materialized (select pg_is_in_recovery() as standby)
            select me.standby,
              (select system_identifier from pg_control_system())::text as system_id,
              current_setting('server_version_num')::int as version,
              current_setting('data_directory') as data_directory,
              current_setting('port')::int as port,
              case when me.standby
                then coalesce(
                  (select nullif(received_tli, 0) from pg_stat_wal_receiver),
                  (select greatest(min_recovery_end_timeline, timeline_id)
                     from pg_control_recovery(), pg_control_checkpoint()))
                else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end as timeline,
              case when not me.standby then pg_current_wal_lsn() end::text as written,
              greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::text as received,
              pg_last_wal_replay_lsn()::text as replayed,
              case when me.standby then REPLAY_PAUSE_STATE end as pause_state,
              case when me.standby and pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
                then (extract(epoch from now() - pg_last_xact_replay_timestamp()) * 1000)::bigint
                when me.standby then 0 end as replay_lag_ms,
              array(select array[status, sender_host, sender_port::text, nullif(received_tli, 0)::text, slot_name]
                from pg_stat_wal_receiver) as receiver,
              array(select array[application_name, host(client_addr), state, sync_state, replay_lsn::text]
                from pg_stat_replication order by application_name, pid) as senders,
              array(select array[slot_name, slot_type, active::text, restart_lsn::text]
                from pg_replication_slots order by slot_name) as slots,
              array(select array[name, setting]
                from pg_settings where name = any(string_to_array('SETTINGS', ' '))) as settings,
              (select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
                from pg_stat_archiver) as archive_failing,
              (select count(*) from pg_ls_archive_statusdir() where name like '%.ready')::int as archive_ready,
              array(select array[pid::text, usename, datname,
                  (extract(epoch from clock_timestamp() - xact_start) * 1000)::bigint::text, left(query, 200)]
                from pg_stat_activity
                where backend_type = 'client backend' and pid <> pg_backend_pid()
                  and xact_start < clock_timestamp() - interval '1 second'
                order by xact_start) as old_transactions,
              array(select array[gid] from pg_prepared_xacts order by gid) as prepared
            from me""".replace("SETTINGS", SETTINGS);

    private ObservationQuery() {}

    static String of(Dialect dialect) {
        return SQL.replace("REPLAY_PAUSE_STATE", dialect.replayPauseState());
    }
}
