# Back to a host that has just been installed: nothing runs, nothing is blocked, nothing is left.
set -eu
while umount /usr/bin/pg_ctlcluster 2>/dev/null; do :; done
nft flush ruleset
if [ -d /usr/share/bed/replaced ]; then
    find /usr/share/bed/replaced -type f | while read -r real; do
        mv -T "$real" "${real#/usr/share/bed/replaced}"
    done
fi
rm -rf /etc/sudoers.d/heliosctl /etc/systemd/system/postgresql@@MAJOR@-main.service* /etc/systemd/system/pgbouncer.service* \
    /run/systemd/system/*
pkill -KILL -u heliosctl || true
pkill -KILL -u postgres || true
systemctl daemon-reload
systemctl stop pgbouncer postgresql@@MAJOR@-main
systemctl reset-failed
while pgrep -u postgres >/dev/null; do sleep 0.02; done
chattr -i -R /var/lib/postgresql 2>/dev/null || true
rm -rf /var/lib/postgresql/@MAJOR@ /etc/postgresql/@MAJOR@/main /etc/pgbouncer /dev/shm/PostgreSQL.* /var/run/postgresql/* \
    /var/log/postgresql/* /home/heliosctl/.[!.]* /home/heliosctl/* /run/lock/* /tmp/[!s]*
install -d -o postgres -g postgres -m 0755 /var/lib/postgresql /var/lib/postgresql/@MAJOR@
[ ! -d /usr/share/bed/data ] || cp -a --sparse=always /usr/share/bed/data /var/lib/postgresql/@MAJOR@/main
cp -a /usr/share/bed/postgresql /etc/postgresql/@MAJOR@/main
cp -a /usr/share/bed/pgbouncer /etc/pgbouncer
install -o postgres -g postgres -m 0600 /root/pgpass /var/lib/postgresql/.pgpass
install -o postgres -g postgres -m 0640 /root/userlist.txt /etc/pgbouncer/userlist.txt
install -d -o heliosctl -g heliosctl -m 0700 /home/heliosctl/.ssh
install -o heliosctl -g heliosctl -m 0600 /root/authorized_keys /home/heliosctl/.ssh/authorized_keys
