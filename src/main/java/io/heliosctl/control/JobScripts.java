package io.heliosctl.control;

import io.heliosctl.remote.Script;

/// The constant scripts of long commands that go on without a connection, for any POSIX shell with coreutils
/// and util-linux.
///
/// A job is a directory beside the locks (see [LockScripts]) that only the login user may enter: `begun`, `out`
/// with what the command prints, and at its end `status`. Whether it still runs is told by its command line,
/// which has a word that no other has: a process ID may be somebody else's by now, and sudo's child goes on
/// without sudo.
final class JobScripts {

    /// What runs the commands, one after the other until one fails. `$1` tells what it is to whoever looks at
    /// the process list, `$2` is the directory, `$3` the number of commands, which follow as [Script#of] has
    /// them.
    static final String RUNNER = Script.CALL + """
            base=$2 count=$3
            shift 3
            cd /
            LC_ALL=C
            export LC_ALL
            : >"$base/begun"
            step=0 status=0
            while [ "$step" -lt "$count" ] && [ "$status" -eq 0 ]; do
              call "$step" 0 "$@"
              status=$?
              step=$((step + 1))
            done >"$base/out" 2>&1
            echo "$status" >"$base/status.new"
            mv -T "$base/status.new" "$base/status"
            """;

    private static final String BASE = LockScripts.PLACE + """
            umask 077
            base=$dir/$1.job.$2
            """;

    /// Begins it unless it was begun: `$1` key, `$2` name, `$3` the runner; its number of commands and they
    /// follow. Says `begun`,
    /// `there`, or `failed WHY`.
    static final String BEGIN = BASE + """
            runner=$3
            shift 3
            mkdir "$base" 2>/dev/null || { [ -O "$base" ] && echo there || echo "failed $base is not ours"; exit 0; }
            printf '{ exec </dev/null\\n%s\\nexit; }\\n' "$runner" |
              setsid /bin/sh -s -- heliosctl-job "$base" "$@" >/dev/null 2>&1 &
            tries=0
            while [ ! -e "$base/begun" ] && [ "$tries" -lt 100 ]; do tries=$((tries + 1)); sleep 0.05; done
            [ -e "$base/begun" ] && echo begun || echo 'failed it did not start'
            """;

    /// The files of /proc are listed before grep is started, which has that word too.
    ///
    /// How it stands: `$1` key, `$2` name, `$3` the word of its command line. Says `ended STATUS`, `running`,
    /// `lost` if it was begun and is not there any more, or `none`; behind that comes the end of what it
    /// printed.
    static final String LOOK = BASE + """
            running() {
              word=$1
              set -- /proc/[0-9]*/cmdline
              grep -lzxF -e "$word" "$@" 2>/dev/null | grep -qvxF "/proc/$$/cmdline"
            }
            if [ -e "$base/status" ]; then echo "ended $(cat "$base/status")"
            elif running "$3"; then echo running
            elif [ -e "$base/status" ]; then echo "ended $(cat "$base/status")"
            elif [ -d "$base" ]; then echo lost
            else echo none
            fi
            [ ! -e "$base/out" ] || tail -c 4000 "$base/out"
            """;

    /// Removes what it has left. `$1` key, `$2` name.
    static final String FORGET = BASE + """
            [ -d "$base" ] && [ -O "$base" ] || exit 0
            rm -f "$base/begun" "$base/out" "$base/status" "$base/status.new"
            rmdir "$base"
            """;

    private JobScripts() {}
}
