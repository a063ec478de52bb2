# The server, until it answers. Debian's pg_ctlcluster takes two seconds to say that PostgreSQL has started; it
# answers long before.
set -eu
cd /
[ -e /etc/systemd/system/multi-user.target.wants/postgresql.service ] || systemctl enable -q postgresql
systemctl start --no-block postgresql@15-main
until runuser -u postgres -- /usr/lib/postgresql/15/bin/psql -XAtqc 'SELECT 1' postgres >/dev/null 2>&1; do
    ! systemctl is-failed -q postgresql@15-main
    sleep 0.05
done
