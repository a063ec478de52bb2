package io.heliosctl.postgres;

/// The constant scripts that copy WAL segments. The words after the values (`"$@"`) are the `become` words, in
/// [#READ] the whole command.
///
/// Zeros are most of many segments, so `gzip` at its fastest is used where both hosts have it. It runs as the
/// login user: sudo is asked for the files alone.
final class WalScripts {

    /// The bytes that the server has received are others.
    static final int OTHER_BYTES = 104;

    /// Somebody has written to the segment that is there already.
    static final int WRITTEN_MEANWHILE = 105;

    static final String READ = """
            form=$1 from=$2; shift 2
            case $form in
                gzip) "$@" </dev/null | gzip -1 ;;
                rest) "$@" </dev/null | tail -c "+$from" ;;
                *) exec "$@" </dev/null ;;
            esac
            """;

    /// Prints the SHA-256 of the first bytes of a segment, and then the bytes behind them.
    static final String CUT = """
            form=$1 offset=$2 length=$3; shift 3
            "$@" </dev/null | {
                head -c "$offset" | sha256sum
                if [ "$form" = gzip ]; then head -c "$length" | gzip -1; else head -c "$length"; fi
            }
            """;

    /// Bytes come on standard input and are written behind those that the server there has received, as its
    /// walreceiver would: what lies before them must be what it is on the other host. Whenever this arrives it
    /// writes what any server of that timeline has in that place. Prints the SHA-256 of what lies there then.
    static final String FILL = """
            form=$1 segment=$2 before=$3 offset=$4 seek=$5 length=$6; shift 6
            now=$("$@" /usr/bin/cat "$segment" </dev/null | head -c "$offset" | sha256sum)
            [ "${now%% *}" = "$before" ] || exit 104
            if [ "$form" = gzip ]; then gzip -dc; else cat; fi |
                "$@" /usr/bin/dd of="$segment" bs=65536 seek="$seek" oflag=seek_bytes conv=notrunc,fsync status=none || exit 1
            "$@" /usr/bin/cat "$segment" </dev/null | tail -c "+$((offset + 1))" | head -c "$length" | sha256sum
            """;

    /// A segment comes on standard input. Prints the SHA-256 of what lies on disk in the end, and of what lies
    /// where it is to be put.
    static final String RECEIVE = """
            form=$1 temporary=$2 like=$3 segment=$4; shift 4
            discard() { "$@" /usr/bin/rm -f "$temporary" </dev/null; exit 1; }
            trap 'discard "$@"' HUP INT TERM
            "$@" /usr/bin/install -T -m 0600 /dev/null "$temporary" </dev/null || exit 1
            if [ "$form" = gzip ]; then gzip -dc; else cat; fi |
                "$@" /usr/bin/tee "$temporary" >/dev/null || discard "$@"
            exec </dev/null
            "$@" /usr/bin/chmod --reference="$like" "$temporary" || discard "$@"
            "$@" /usr/bin/sync "$temporary" || discard "$@"
            "$@" /usr/bin/cat "$temporary" | sha256sum
            "$@" /usr/bin/cat "$segment" 2>/dev/null | sha256sum
            """;

    /// Puts the segment in its place by one rename, if what is there is still what was seen: the command may
    /// arrive long after anybody has waited for it.
    static final String PLACE = """
            temporary=$1 segment=$2 directory=$3 seen=$4; shift 4
            now=$("$@" /usr/bin/cat "$segment" 2>/dev/null | sha256sum)
            if [ "${now%% *}" != "$seen" ]; then "$@" /usr/bin/rm -f "$temporary"; exit 105; fi
            "$@" /usr/bin/mv -fT "$temporary" "$segment" || exit 1
            "$@" /usr/bin/sync "$directory"
            """;

    static final String DISCARD = """
            temporary=$1; shift
            "$@" /usr/bin/rm -f "$temporary"
            """;

    private WalScripts() {}

    /// The word for how bytes go from host to host.
    static String form(boolean compressed) {
        return compressed ? "gzip" : "plain";
    }
}
