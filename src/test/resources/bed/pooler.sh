# PgBouncer with the file that is there.
set -eu
[ -e /etc/systemd/system/multi-user.target.wants/pgbouncer.service ] || systemctl enable -q pgbouncer
systemctl start pgbouncer
