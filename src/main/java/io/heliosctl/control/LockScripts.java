package io.heliosctl.control;

/// The constant scripts that keep locks on a host, for any POSIX shell with coreutils and util-linux.
///
/// The files live where every login user may create files and only their owner may remove them, and
/// where a reboot removes them: `/run/lock` where it is so, else `/tmp`. `$1` is the name they share.
/// What changes them holds an flock(1) meanwhile, which the kernel lets go however the shell ends.
///
/// - `NAME.lock` says who works on the cluster; it appears with its content, by link(2).
/// - `NAME.epoch.N`: the number of the latest run is the largest there is. One file for each, because
/// no user may write to the file of another; so the number only grows.
final class LockScripts {

    static final String PLACE = """
            for dir in /run/lock /tmp; do
              [ -z "$(find "$dir/." -prune -type d -perm -1003 2>/dev/null)" ] || break
              dir=
            done
            [ -n "$dir" ] || { echo nowhere; exit 0; }
            lock=$dir/$1.lock
            latest() {
              max=0
              for file in "$dir/$1.epoch."*; do
                number=${file##*.}
                case $number in
                  ''|*[!0-9]*) ;;
                  *) [ "$number" -le "$max" ] || max=$number ;;
                esac
              done
            }
            look() {
              held=
              [ ! -r "$lock" ] || IFS= read -r held <"$lock"
              holder=${held%% *}
            }
            """;

    private static final String ALONE = """
            umask 022
            guard=$dir/$1.guard
            [ -e "$guard" ] || (set -C; : >"$guard") 2>/dev/null
            [ -r "$guard" ] || { echo "unusable $guard"; exit 0; }
            exec 9<"$guard"
            flock -w 3 9 || { echo "busy $guard"; exit 0; }
            """;

    /// Takes the lock. `$2` run, `$3` the line for the lock, `$4` the run whose lock may be broken or nothing.
    /// Says `taken EPOCH RUN`, `ours EPOCH RUN`, `broke EPOCH RUN` with the run whose number that is, `held
    /// LINE`, `theirs OWNER FILE`.
    static final String TAKE = PLACE + ALONE + """
            look
            how=taken
            if [ -e "$lock" ]; then
              if [ "$holder" = "$2" ]; then how=ours
              elif [ -n "$4" ] && [ "$holder" = "$4" ]; then how=broke
              else echo "held $held"; exit 0
              fi
            fi
            new=$(mktemp "$dir/.$1.XXXXXX") && printf '%s\\n' "$3" >"$new" && chmod 644 "$new" ||
              { echo "unusable $dir"; exit 0; }
            if [ "$how" = taken ]; then ln -T "$new" "$lock"; else mv -f -T "$new" "$lock"; fi 2>/dev/null
            done=$?
            rm -f "$new"
            [ "$done" -eq 0 ] || { echo "theirs $(stat -c %U "$lock") $lock"; exit 0; }
            latest "$1"
            by=
            [ ! -r "$dir/$1.epoch.$max" ] || IFS= read -r by <"$dir/$1.epoch.$max"
            echo "$how $max $by"
            """;

    /// Writes the number of this run. `$2` run, `$3` number. Says `marked` or `later`.
    static final String MARK = PLACE + ALONE + """
            mine=$dir/$1.epoch.$3
            (set -C; printf '%s\\n' "$2" >"$mine") 2>/dev/null
            by=
            [ ! -r "$mine" ] || IFS= read -r by <"$mine"
            latest "$1"
            [ "$by" = "$2" ] && [ "$max" -eq "$3" ] || { echo later; exit 0; }
            for file in "$dir/$1.epoch."*; do
              [ "$file" = "$mine" ] || rm -f "$file" 2>/dev/null
            done
            echo marked
            """;

    /// Lets the lock go if it is still this run's. `$2` run, `$3` its number; a later one has taken the
    /// run over.
    static final String RELEASE = PLACE + ALONE + """
            look
            latest "$1"
            if [ "$holder" = "$2" ] && [ "$max" -le "$3" ]; then rm -f "$lock"; fi
            echo released
            """;

    /// Who holds it, without touching anything: `free` or `held LINE`.
    static final String PEEK = PLACE + """
            look
            if [ -e "$lock" ]; then echo "held $held"; else echo free; fi
            """;

    /// Stays, and answers each line of input with it and whether the lock is still this run's: `mine`,
    /// `gone`, `later LINE` or `other LINE`. `$2` run, `$3` its number. Only what the shell itself can do,
    /// which takes well under a millisecond.
    static final String WATCH = PLACE + """
            while IFS= read -r question; do
              look
              latest "$1"
              answer=mine
              if [ "$max" -gt "$3" ]; then answer="later $held"
              elif [ -z "$held" ]; then answer=gone
              elif [ "$holder" != "$2" ]; then answer="other $held"
              elif [ "$max" -ne "$3" ]; then answer=gone
              fi
              printf '%s %s\\n' "$question" "$answer"
            done
            """;

    private LockScripts() {}
}
