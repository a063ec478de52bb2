# A new cluster, with the roles and the database of the bed. Debian's pg_ctlcluster takes two seconds to say that
# PostgreSQL has started; it answers long before.
set -eu
data=/var/lib/postgresql/15/main
cd /
runuser -u postgres -- /usr/lib/postgresql/15/bin/initdb -D $data --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
rm -f $data/postgresql.conf $data/pg_hba.conf $data/pg_ident.conf
[ -e /etc/systemd/system/multi-user.target.wants/postgresql.service ] || systemctl enable -q postgresql
systemctl start --no-block postgresql@15-main
until runuser -u postgres -- psql -XAtqc 'SELECT 1' postgres >/dev/null 2>&1; do
    ! systemctl is-failed -q postgresql@15-main
    sleep 0.05
done
for file in roles grants tables; do
    runuser -u postgres -- psql -Xq -v ON_ERROR_STOP=1 -d postgres </root/$file.sql
done
