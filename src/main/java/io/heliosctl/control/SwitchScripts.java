package io.heliosctl.control;

/// The constant scripts of dead-man's switches, for any POSIX shell with coreutils and util-linux.
///
/// A switch is one file beside the locks (see [LockScripts]), and its name is its state. It changes by
/// rename(2) only, so that of two who want to change it exactly one does:
///
/// - `NAME.waiting`: a watcher stands by and does nothing.
/// - `NAME.armed.DEADLINE.MODE`: the watcher fires at that time of /proc/uptime, in hundredths of a second.
/// - `NAME.disarmed`: it never fires; the watcher removes the file and ends.
/// - `NAME.fired`: the watcher does what it is there for, and adds to the file what came of it.
///
/// Its first line has the run, the target, who started it, and the watcher's process ID.
final class SwitchScripts {

    private static final String CLOCK = """
            clock() {
              IFS=' ' read -r up idle </proc/uptime
              now=${up%.*}${up#*.}
              while [ "$now" != 0 ] && [ "${now#0}" != "$now" ]; do now=${now#0}; done
            }
            armed() {
              for file in "$base.armed."*; do
                if [ -e "$file" ]; then
                  mode=${file##*.} deadline=${file%.*}
                  deadline=${deadline##*.}
                  return 0
                fi
              done
              file=
              return 1
            }
            """;

    /// The watcher, behind which comes the deed: `ready`, which may refuse with `why`, and `fire`. `$1` tells
    /// what it is to whoever looks at the process list, `$2` is the name of its file, `$3` the file's first
    /// line; the deed's words follow. It says `ready PID` or `failed WHY` and then nothing more. A watcher that
    /// is never armed ends with its shell's control, at the latest after an hour; one that finds the file of
    /// another watcher under its name ends at once.
    private static final String WATCHER = CLOCK + """
            LC_ALL=C
            export LC_ALL
            umask 022
            cd /
            base=$2 line=$3
            shift 3
            note() {
              [ ! -e "$base.fired" ] || printf '%s %s %s %s\\n' "$1" "$(date +%s)" "$mode" "$2" >>"$base.fired"
            }
            """;

    private static final String WATCH = """
            ready "$@" || { echo "failed $why"; exit 0; }
            new=$(mktemp "$base.new.XXXXXX") && printf '%s %s\\n' "$line" "$$" >"$new" && chmod 644 "$new" &&
              ln -T "$new" "$base.waiting" || { rm -f "$new"; echo "failed its file cannot be written"; exit 0; }
            rm -f "$new"
            echo "ready $$"
            exec >/dev/null 2>&1
            mine() {
              IFS= read -r first <"$1" || return 1
              [ "${first##* }" = "$$" ] || exit 0
            }
            misses=0 waited=0
            while :; do
              if mine "$base.waiting"; then
                misses=0 waited=$((waited + 1))
                [ "$waited" -lt 3600 ] || { rm -f "$base.waiting"; exit 0; }
                sleep 1
                continue
              fi
              if armed && mine "$file"; then
                misses=0
                clock
                if [ "$now" -ge "$deadline" ] && mv -T "$file" "$base.fired" 2>/dev/null; then
                  note fired ''
                  fire "$@"
                  exit 0
                fi
              elif [ -e "$base.disarmed" ]; then
                rm -f "$base.disarmed"
                exit 0
              else
                misses=$((misses + 1))
                [ "$misses" -lt 5 ] || exit 0
              fi
              sleep 0.2
            done
            """;

    /// Stays, and changes one switch as it is told, but to disarm it only while no later run has begun: who is
    /// to begin looks for armed ones after it has written its number, and whoever arms one looks for larger
    /// numbers after that, so one of the two sees the other. `$1` key, `$2` name, `$3` the run's number, `$4`
    /// first line, `$5` the watcher; the deed's words follow. Answers each line `NUMBER WORD [HUNDREDTHS]` with
    /// its number and the state it left: `waiting`, `armed LEFT MODE`, `disarmed`, `fired LINE` with the last
    /// line of the trace, `failed WHY`, `none`. With the end of its input a watcher that was not armed ends
    /// too.
    static final String CONTROL = LockScripts.PLACE + CLOCK + """
            umask 022
            lock=$1 base=$dir/$1.switch.$2 epoch=$3 line=$4 watcher=$5
            shift 5
            pid= disarmed= superseded='failed a later run has begun'
            stale() {
              for mark in "$dir/$lock.epoch."*; do
                mark=${mark##*.}
                case $mark in
                  '' | *[!0-9]*) ;;
                  *) [ "$mark" -le "$epoch" ] || return 0 ;;
                esac
              done
              return 1
            }
            look() {
              answer=none
              for try in 1 2; do
                if armed; then
                  clock
                  answer="armed $((deadline - now)) $mode"
                elif [ -r "$base.fired" ]; then
                  last=
                  while IFS= read -r each; do last=$each; done <"$base.fired"
                  answer="fired $last"
                elif [ -e "$base.waiting" ]; then
                  answer=waiting
                elif [ -n "$disarmed" ] || [ -e "$base.disarmed" ]; then
                  answer=disarmed
                else
                  continue
                fi
                return
              done
            }
            move() {
              clock
              to=$base.armed.$((now + $2)).$1
              if [ "$file" = "$to" ] || mv -T "$file" "$to" 2>/dev/null; then answer="armed $2 $1"; else look; fi
            }
            while read -r asked word hundredths; do
              look
              case $word in
                ready | arm | renew | forward | back) if stale; then answer=$superseded; fi ;;
              esac
              case $word-$answer in
                *-failed*) ;;
                ready-armed* | ready-fired*) ;;
                ready-*)
                  rm -f "$base.waiting" "$base.disarmed"
                  disarmed=
                  answer=$(printf '{ exec </dev/null\\n%s\\nexit; }\\n' "$watcher" |
                    setsid /bin/sh -s -- heliosctl-switch "$base" "$line" "$@" 2>/dev/null &)
                  case $answer in ready*) pid=${answer#ready } answer=waiting ;; '') answer='failed it did not start' ;; esac
                  ;;
                arm-waiting)
                  file=$base.waiting
                  if kill -0 "$pid" 2>/dev/null; then move back "$hundredths"; else answer='failed its watcher has ended'; fi
                  if stale; then mv -T "$to" "$base.disarmed" 2>/dev/null && disarmed=yes; answer=$superseded; fi
                  ;;
                renew-armed*) move "$mode" "$hundredths" ;;
                forward-armed*) move forward "$hundredths" ;;
                back-armed*) move back "$hundredths" ;;
                disarm-armed*)
                  if mv -T "$file" "$base.disarmed" 2>/dev/null; then answer=disarmed disarmed=yes; else look; fi
                  ;;
                disarm-waiting)
                  rm -f "$base.waiting"
                  answer=disarmed disarmed=yes
                  ;;
                forget-fired*)
                  rm -f "$base.fired"
                  look
                  ;;
              esac
              printf '%s %s\\n' "$asked" "$answer"
            done
            rm -f "$base.waiting"
            """;

    /// Every switch of a cluster on this host: the state, the seconds that are left, the first and the last
    /// line, with tabs between. `$1` key.
    static final String LIST = LockScripts.PLACE + CLOCK + """
            clock
            for file in "$dir/$1.switch."*.armed.* "$dir/$1.switch."*.fired; do
              [ -r "$file" ] || continue
              first= last=
              while IFS= read -r each; do
                last=$each
                [ -n "$first" ] || first=$each
              done <"$file"
              case $file in
                *.fired) printf 'fired\\t\\t%s\\t%s\\n' "$first" "$last" ;;
                *)
                  deadline=${file%.*}
                  printf 'armed\\t%s\\t%s\\t%s\\n' "$(((${deadline##*.} - now) / 100))" "$first" "${file##*.}"
                  ;;
              esac
            done
            """;

    /// Removes the traces of those that have fired and done what they could, and of those that were disarmed.
    /// `$1` key, `$2` the run, or nothing for all.
    static final String FORGET = LockScripts.PLACE + """
            for file in "$dir/$1.switch."*.fired; do
              [ -O "$file" ] || continue
              last= run=
              while IFS= read -r each; do
                last=$each
                [ -n "$run" ] || run=${each%% *}
              done <"$file"
              [ -z "$2" ] || [ "$2" = "$run" ] || continue
              case $last in done\\ * | failed\\ *) rm -f "$file" ;; esac
            done
            for file in "$dir/$1.switch."*.disarmed; do
              [ ! -O "$file" ] || [ ! -e "$file" ] || rm -f "$file"
            done
            """;

    private SwitchScripts() {}

    /// The text of a watcher for one deed.
    static String watcher(String deed) {
        return WATCHER + deed + WATCH;
    }
}
