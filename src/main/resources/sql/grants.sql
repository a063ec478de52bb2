-- What heliosctl's database role may do, for PostgreSQL 12 and later. Run it as a superuser in the database `postgres` of
-- the primary; the role itself is made before:
--
--   CREATE ROLE heliosctl LOGIN REPLICATION;
--
-- It is no superuser. REPLICATION is for the replication slots of future standbys (PostgreSQL 15 manual 9.27.6).

-- See every server's state: replication, receivers, settings, archiver, other sessions' transactions (manual 22.5).
GRANT pg_monitor TO heliosctl;

-- CHECKPOINT before the stop, so that it is short. Before 15 that is for superusers alone, so there the role has to be one.
DO $$ BEGIN IF current_setting('server_version_num')::int >= 150000 THEN GRANT pg_checkpoint TO heliosctl; END IF; END $$;

-- End the sessions that keep a pooler from pausing, when asked to; those of superusers stay.
GRANT pg_signal_backend TO heliosctl;

-- Promote a standby, take over its changed settings, end a replay pause (manual 9.27.2, 9.27.4).
GRANT EXECUTE ON FUNCTION pg_promote(boolean, integer) TO heliosctl;
GRANT EXECUTE ON FUNCTION pg_reload_conf() TO heliosctl;
GRANT EXECUTE ON FUNCTION pg_wal_replay_resume() TO heliosctl;

-- Ask what pg_hba.conf and the configuration files say before a server depends on them (manual: pg_hba_file_rules, pg_file_settings).
GRANT SELECT ON pg_hba_file_rules, pg_file_settings TO heliosctl;
GRANT EXECUTE ON FUNCTION pg_hba_file_rules(), pg_show_all_file_settings() TO heliosctl;

-- Where a timeline parted from the one before it: a file of pg_wal tells, and a former primary is held against it (manual 9.27.10).
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO heliosctl;

-- What pg_rewind reads on the new primary, which standbys log in to as `replicator` (manual: pg_rewind, Notes). That role may
-- copy every file of the server anyway.
GRANT EXECUTE ON FUNCTION pg_ls_dir(text, boolean, boolean) TO replicator;
GRANT EXECUTE ON FUNCTION pg_stat_file(text, boolean) TO replicator;
GRANT EXECUTE ON FUNCTION pg_read_binary_file(text) TO replicator;
GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint, boolean) TO replicator;
