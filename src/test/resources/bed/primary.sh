# An empty cluster of a system identifier of its own.
set -eu
data=/var/lib/postgresql/@MAJOR@/main
cd /
runuser -u postgres -- /usr/lib/postgresql/@MAJOR@/bin/initdb -D $data --locale=C.UTF-8 --no-sync >/dev/null
rm -f $data/postgresql.conf $data/pg_hba.conf $data/pg_ident.conf
