# The server, until it answers and systemd says so. Debian's pg_ctlcluster looks twice a second whether PostgreSQL has
# started, and four times at least; while a bed is made fresh a copy of it that looks more often is in its place.
set -eu
cd /
program=/usr/bin/pg_ctlcluster
if ! grep -q " $program " /proc/self/mountinfo; then
    sed 's/undef, 0\.5\([);]\)/undef, 0.05\1/' $program >/run/bed.pg_ctlcluster
    chmod 0755 /run/bed.pg_ctlcluster
    mount --bind /run/bed.pg_ctlcluster $program
fi
[ -e /etc/systemd/system/multi-user.target.wants/postgresql.service ] || systemctl enable -q postgresql
systemctl start postgresql@@MAJOR@-main
umount -l $program
until runuser -u postgres -- /usr/lib/postgresql/@MAJOR@/bin/psql -XAtqc 'SELECT 1' postgres >/dev/null 2>&1; do
    ! systemctl is-failed -q postgresql@@MAJOR@-main
    sleep 0.05
done
