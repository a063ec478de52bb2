# An empty cluster of a system identifier of its own.
set -eu
data=/var/lib/postgresql/15/main
cd /
runuser -u postgres -- /usr/lib/postgresql/15/bin/initdb -D $data --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
rm -f $data/postgresql.conf $data/pg_hba.conf $data/pg_ident.conf
