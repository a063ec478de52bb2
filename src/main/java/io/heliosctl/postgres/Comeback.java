package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.StopMode;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.RemoteFiles;
import io.heliosctl.remote.Script;
import java.util.ArrayList;
import java.util.List;

/// How a stopped primary is brought back as a primary by its own host, without heliosctl: the tombstone away
/// as [StandbyFiles#putBack] does it, and the same start as [Operation#start]. Every command is one that sudo
/// allows anyway.
///
/// It is part of a watcher's shell (see `docs/switches.md`), which gives it `clock` and `note`.
final class Comeback {

    /// `ready` says whether it could be done, `fire` does it: as often as it takes, for five minutes. A server
    /// that is still shutting down is waited for; one that somebody has started read-only is stopped first. It
    /// has succeeded once the server has accepted connections as a primary, without a tombstone, three times in
    /// a row: a request to stop may still be under way.
    private static final String TEXT = """
            ready() {
              call 1 0 "$@" >/dev/null 2>&1
              case $? in 0 | 3) ;; *) why='pg_ctl status cannot be run'; return 1 ;; esac
              call 0 0 "$@" >/dev/null 2>&1
              [ $? -lt 126 ] || { why='pg_isready cannot be run'; return 1; }
            }
            plain() {
              printf '%s' "$1" | sed -E '/^[[:space:]]*(RECOVERY)[[:space:]=]/Id'
            }
            away() {
              call 3 0 "$@" && call 4 0 "$@" && call 5 0 "$@" || return 1
              kept=$(call 7 0 "$@" 2>/dev/null && echo .) || return 0
              seen=$(call 6 0 "$@" 2>/dev/null && echo .) || return 0
              if [ "$(plain "${kept%.}" && echo .)" = "$(plain "${seen%.}" && echo .)" ]; then
                call 8 0 "$@" && call 9 0 "$@" && call 10 0 "$@" && call 4 0 "$@" || return 0
              fi
              call 11 0 "$@"
              call 4 0 "$@"
            }
            serves() {
              case $(call 2 0 "$@" 2>/dev/null) in
                *'in production'*) away "$@" && good=$((good + 1)) ;;
                *'in archive recovery'*) good=0; call 12 0 "$@" ;;
                *) good=0 ;;
              esac
            }
            starts() {
              good=0
              call 1 0 "$@"
              [ $? -eq 3 ] && away "$@" || return 0
              case $(call 14 0 "$@") in active | deactivating | reloading) call 15 0 "$@" ;; esac
              call 13 0 "$@" || problem='it could not be started'
            }
            fire() {
              good=0 problem='it has not come up'
              clock
              end=$((now + 30000))
              while clock; [ "$now" -lt "$end" ]; do
                if call 0 0 "$@" >/dev/null 2>&1; then serves "$@"; else starts "$@"; fi
                if [ "$good" -ge 3 ]; then note done 'PostgreSQL runs again as a primary'; return; fi
                if [ "$good" -gt 0 ]; then sleep 0.5; else sleep 0.2; fi
              done
              note failed "$problem"
            }
            """.replace("RECOVERY", AutoConf.RECOVERY_NAMES);

    private Comeback() {}

    static Script of(Node node, Remote remote, Programs programs) {
        var owner = node.postgres().osUser();
        var directory = node.postgres().dataDir();
        var configuration = StandbyFiles.configuration(node);
        var kept = StandbyFiles.kept(node);
        var signal = StandbyFiles.signal(node);
        var commands = new ArrayList<List<String>>();
        commands.add(programs.isReady());
        commands.add(Script.words(remote, programs.status()));
        commands.add(Script.words(remote, programs.controlData()));
        for (var words : List.of(
                List.of("/usr/bin/rm", "-f", signal),
                List.of("/usr/bin/sync", directory),
                List.of("/usr/bin/test", "!", "-e", signal),
                List.of("/usr/bin/cat", configuration),
                List.of("/usr/bin/cat", kept))) {
            commands.add(Script.words(remote, new Privilege(owner, words)));
        }
        RemoteFiles.toCopy(kept, configuration, owner).stream()
                .limit(3)
                .forEach(command -> commands.add(Script.words(remote, command)));
        commands.add(Script.words(remote, new Privilege(owner, List.of("/usr/bin/rm", "-f", kept))));
        commands.add(Script.words(remote, programs.stop(StopMode.FAST)));
        commands.add(Script.words(remote, programs.start()));
        commands.add(programs.showActive().orElse(List.of()));
        commands.add(
                programs.service("stop").map(stop -> Script.words(remote, stop)).orElse(List.of()));
        return Script.of(Script.CALL + TEXT, List.of(), commands);
    }
}
