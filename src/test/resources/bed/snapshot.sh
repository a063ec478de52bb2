# Facts of this host, one a line: name, tab, value.
set -u
# A session that is just ending is no trace: the login user's last processes get a moment.
tries=0
while pgrep -u heliosctl -f 'sshd: heliosctl' >/dev/null && [ $tries -lt 40 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
line() { sort | tr -s ' \n' ' '; }
files() {
    find "$@" -exec sha256sum {} + 2>/dev/null | sed 's/^\([^ ]*\)  \(.*\)/file \2\t\1/' | sort
    find "$@" -printf 'mode %p\t%u:%g %m\n' 2>/dev/null | sort
}
files /etc/postgresql /etc/pgbouncer /etc/sudoers.d /home/heliosctl /var/lib/postgresql/.pgpass -type f
files /var/lib/postgresql/@MAJOR@ -maxdepth 2 -type f '(' -name '*.conf' -o -name '*.signal' -o -name '*.heliosctl' ')'
printf 'all of /etc\t%s\n' "$(find /etc -type f -exec sha256sum {} + 2>/dev/null | sort | sha256sum)"
printf 'beside\t%s\n' "$(find /etc/pgbouncer /var/lib/postgresql/@MAJOR@/main -maxdepth 1 -name '.*' -mindepth 1 | line)"
printf 'data\t%s\n' "$(find /var/lib/postgresql -mindepth 1 -maxdepth 3 -printf '%p %y %u %m,\n' | line)"
# The number of the last run stays on purpose, until the host is rebooted; a lock that is held does not.
printf 'locks\t%s\n' "$(find /run/lock /tmp /var/tmp /var/lib/heliosctl /run/heliosctl -mindepth 1 \
    ! -path '*systemd-private*' ! -name 'heliosctl-*.epoch.*' ! -name 'heliosctl-*.guard' 2>/dev/null | line)"
printf 'units\t%s\n' "$(systemctl is-active postgresql@@MAJOR@-main pgbouncer | tr '\n' ' ')$(
    systemctl list-unit-files 'postgres*' 'pgbouncer*' --no-legend --plain | line)$(
    ls -1 /etc/systemd/system /run/systemd/system | line)"
printf 'transient units\t%s\n' "$(systemctl list-units --all --no-legend --plain 'run-*' 'heliosctl*' | grep -v '^run-user-' | line)"
printf 'processes\t%s\n' "$(pgrep -a -u heliosctl | cut -d' ' -f2- |
    grep -v -e '^/lib/systemd/systemd --user' -e '(sd-pam)' | line)"
