package io.heliosctl.pgbouncer;

import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.Script;
import java.util.ArrayList;
import java.util.List;

/// How the clients of a paused PgBouncer are let in by its own host, without heliosctl. Every command is one
/// that sudo allows anyway, and the console is reached as [Psql] does.
///
/// It is part of a watcher's shell (see `docs/switches.md`), which gives it `clock`, `note` and `mode`.
final class LettingIn {

    /// `ready` keeps what is live now: the files, which are never written anywhere else, and the routes.
    /// `fire` lets the clients of every process in. In mode `back` the file is put back first and its routes
    /// are proved; that may fail, and then clients are let in after 1.5 s all the same and the file is tried
    /// again. A process counts as let in once PgBouncer has said three times that it is not paused: a PAUSE
    /// may still be under way.
    private static final String TEXT = """
            newline='
            '
            console() {
              sql=$1 at=$(($2 * 4 + 2)); shift 2
              call "$at" 2 -c "$sql" "$@" </dev/null
            }
            routes() {
              console 'SHOW DATABASES' "$@" 2>/dev/null | cut -d '|' -f 1-4 | grep -v '^FALLBACK|'
            }
            ready() {
              processes=$1; shift
              unset PGOPTIONS PGHOSTADDR PGSERVICE PGSERVICEFILE PGTARGETSESSIONATTRS PGREQUIREAUTH PGCHANNELBINDING
              unset PGREQUIREPEER PGSSLMODE PGLOADBALANCEHOSTS
              export PGCLIENTENCODING=UTF8 PGCONNECT_TIMEOUT=3 PGAPPNAME=heliosctl PGDATABASE=pgbouncer
              process=0
              while [ "$process" -lt "$processes" ]; do
                pick $((process * 4)) "$@"
                file=$(call $((process * 4 + 1)) 2 /usr/bin/cat "$picked" "$@" </dev/null 2>/dev/null && echo .) ||
                  { why="$picked cannot be read"; return 1; }
                shown=$(routes "$process" "$@")
                [ -n "$shown" ] || { why="PgBouncer's console does not answer"; return 1; }
                eval "file_$process=\\$file routes_$process=\\$shown"
                process=$((process + 1))
              done
            }
            leads() {
              shown=$newline$(routes "$process" "$@")$newline
              [ "$shown" != "$newline$newline" ] || return 1
              printf '%s\\n' "$wanted_routes" | while IFS= read -r route; do
                case $shown in
                  *"$newline$route$newline"*) ;;
                  *"$newline${route%%|*}|"*) exit 1 ;;
                esac
              done
            }
            discard() {
              call "$files" 3 /usr/bin/rm -f "$temporary" "$@"
              return 1
            }
            put() {
              target=$path
              call "$files" 4 /usr/bin/test ! -L "$path" "$@" ||
                target=$(call "$files" 3 /usr/bin/readlink -f "$path" "$@") || return 1
              temporary=${target%/*}/.${target##*/}.heliosctl
              call "$files" 6 /usr/bin/install -T -m 0600 /dev/null "$temporary" "$@" || return 1
              printf '%s' "$file" | call "$files" 2 /usr/bin/tee "$temporary" "$@" >/dev/null || discard "$@" || return 1
              seen=$(call "$files" 2 /usr/bin/sha256sum "$temporary" "$@")
              [ "${seen%% *}" = "$wanted" ] || discard "$@" || return 1
              if call "$files" 3 /usr/bin/test -e "$target" "$@"; then
                call "$files" 3 /usr/bin/chown --reference="$target" "$temporary" "$@" || discard "$@" || return 1
                call "$files" 3 /usr/bin/chmod --reference="$target" "$temporary" "$@" || discard "$@" || return 1
              fi
              call "$files" 2 /usr/bin/sync "$temporary" "$@" || discard "$@" || return 1
              call "$files" 4 /usr/bin/mv -fT "$temporary" "$target" "$@" || discard "$@" || return 1
              call "$files" 2 /usr/bin/sync "${target%/*}" "$@"
            }
            restore() {
              seen=$(call "$files" 2 /usr/bin/cat "$path" "$@" 2>/dev/null | sha256sum)
              [ "${seen%% *}" = "$wanted" ] || put "$@" || return 1
              call $((process * 4 + 3)) 0 "$@" </dev/null || return 1
              tries=0
              while [ "$tries" -lt 20 ]; do
                leads "$@" && return 0
                sleep 0.05
                tries=$((tries + 1))
              done
              return 1
            }
            resume() {
              for try in 1 2; do
                case $(console RESUME "$process" "$@" 2>&1) in *'not paused'*) return 0 ;; esac
              done
              return 1
            }
            rescue() {
              process=$1; shift
              eval "file=\\${file_$process%.} wanted_routes=\\$routes_$process"
              pick $((process * 4)) "$@"
              path=$picked files=$((process * 4 + 1))
              wanted=$(printf '%s' "$file" | sha256sum)
              wanted=${wanted%% *} open=0 restored=
              [ "$mode" = back ] || restored=yes
              clock
              end=$((now + 6000)) patience=$((now + 150))
              while clock; [ "$now" -lt "$end" ]; do
                [ -n "$restored" ] || { restore "$@" && restored=yes; }
                clock
                if [ -n "$restored" ] || [ "$now" -ge "$patience" ]; then
                  resume "$@" && open=$((open + 1)) || open=0
                  [ -z "$restored" ] || [ "$open" -lt 3 ] || return 0
                fi
                if [ "$open" -gt 0 ]; then sleep 0.5; else sleep 0.1; fi
              done
              [ "$open" -eq 0 ] || return 2
              return 1
            }
            fire() {
              processes=$1; shift
              process=0 rescuers=
              while [ "$process" -lt "$processes" ]; do
                rescue "$process" "$@" &
                rescuers="$rescuers $!"
                process=$((process + 1))
              done
              worst=0
              for rescuer in $rescuers; do
                wait "$rescuer" || { status=$?; [ "$worst" -eq 1 ] || worst=$status; }
              done
              case $worst in
                0) note done 'clients were let in' ;;
                2) note failed 'clients were let in, but the old configuration is not in force' ;;
                *) note failed 'PgBouncer did not say that it is not paused' ;;
              esac
            }
            """.replace("FALLBACK", Observation.FALLBACK_CHECK);

    private LettingIn() {}

    static Script of(Pooler pooler, Remote remote, ConfigFiles files) {
        var commands = new ArrayList<List<String>>();
        var settings = pooler.pgbouncer();
        for (PgbouncerSettings.Instance instance : settings.instances()) {
            commands.add(List.of(instance.config()));
            commands.add(files.become(instance));
            commands.add(Psql.consoleOnce(pooler, instance.socketDir()));
            commands.add(new Reload(remote, settings.osUser(), instance).words());
        }
        return Script.of(
                Script.CALL + TEXT,
                List.of(Integer.toString(settings.instances().size())),
                commands);
    }
}
