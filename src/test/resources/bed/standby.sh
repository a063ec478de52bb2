# A standby of the primary at $1, cloned from it, under the name $2.
set -eu
data=/var/lib/postgresql/15/main
cd /
runuser -u postgres -- /usr/lib/postgresql/15/bin/pg_basebackup -D $data -c fast -R -X stream --no-sync \
    -d "host=$1 port=5432 user=replicator application_name=$2"
