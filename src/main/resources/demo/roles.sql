-- The roles of a cluster made for trying things out. `password` and `owner` are set by whoever runs this.
ALTER ROLE postgres PASSWORD :'password';

-- What heliosctl logs in as; it is no superuser. What it may do is in sql/grants.sql.
CREATE ROLE heliosctl LOGIN REPLICATION;

-- Standbys, clones, and pg_rewind (PostgreSQL manual, "pg_rewind", Notes).
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'password';
GRANT EXECUTE ON FUNCTION pg_ls_dir(text, boolean, boolean) TO replicator;
GRANT EXECUTE ON FUNCTION pg_stat_file(text, boolean) TO replicator;
GRANT EXECUTE ON FUNCTION pg_read_binary_file(text) TO replicator;
GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint, boolean) TO replicator;

-- Who runs PgBouncer: the console's user, and the one that probes whether a write gets through.
SELECT format('CREATE ROLE %I LOGIN', :'owner') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec
ALTER ROLE :"owner" PASSWORD :'password';

-- The clients.
CREATE ROLE app LOGIN PASSWORD :'password';
CREATE DATABASE app OWNER app;
