package io.heliosctl.postgres;

/// The constant scripts that copy WAL segments. The words after the values (`"$@"`) are the `become` words, in
/// [#READ] the whole command.
///
/// Zeros are most of many segments, so `gzip` at its fastest is used where both hosts have it. It runs as the
/// login user: sudo is asked for the files alone.
final class WalScripts {

    /// The bytes that are there already differ.
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

    /// Puts the segment in its place by one rename, if it begins with the bytes that the server there has
    /// received, and what is there is still what was seen: the command may arrive long after anybody has waited
    /// for it.
    static final String PLACE = """
            temporary=$1 segment=$2 directory=$3 same=$4 seen=$5; shift 5
            now=$("$@" /usr/bin/cat "$segment" 2>/dev/null | sha256sum)
            if [ "${now%% *}" != "$seen" ]; then "$@" /usr/bin/rm -f "$temporary"; exit 105; fi
            if [ "$same" -gt 0 ]; then
                here=$("$@" /usr/bin/cat "$segment" | head -c "$same" | sha256sum)
                there=$("$@" /usr/bin/cat "$temporary" | head -c "$same" | sha256sum)
                if [ "$here" != "$there" ]; then "$@" /usr/bin/rm -f "$temporary"; exit 104; fi
            fi
            "$@" /usr/bin/mv -fT "$temporary" "$segment" || exit 1
            "$@" /usr/bin/sync "$directory"
            """;

    static final String DISCARD = """
            temporary=$1; shift
            "$@" /usr/bin/rm -f "$temporary"
            """;

    private WalScripts() {}
}
