# A standby of the primary at $1, cloned from it, under the name $2.
set -eu
data=/var/lib/postgresql/@MAJOR@/main
cd /
runuser -u postgres -- /usr/lib/postgresql/@MAJOR@/bin/pg_basebackup -D $data -c fast -R -X stream --no-sync \
    -d "host=$1 port=5432 user=replicator application_name=$2"
