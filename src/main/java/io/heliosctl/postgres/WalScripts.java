package io.heliosctl.postgres;

/// The constant scripts that copy WAL segments. The words after the values (`"$@"`) are the `become` words, in
/// [#READ] the whole command.
///
/// Zeros are most of many segments, so `gzip` at its fastest is used where both hosts have it. It runs as the
/// login user: sudo is asked for the files alone.
final class WalScripts {

    /// The bytes that are there already differ.
    static final int OTHER_BYTES = 104;

    static final String READ = """
            form=$1; shift
            if [ "$form" = gzip ]; then "$@" </dev/null | gzip -1; else exec "$@" </dev/null; fi
            """;

    /// A segment comes on standard input. Prints the SHA-256 of what lies on disk in the end.
    static final String RECEIVE = """
            form=$1 temporary=$2 like=$3; shift 3
            discard() { "$@" /usr/bin/rm -f "$temporary" </dev/null; exit 1; }
            trap 'discard "$@"' HUP INT TERM
            "$@" /usr/bin/install -T -m 0600 /dev/null "$temporary" </dev/null || exit 1
            if [ "$form" = gzip ]; then gzip -dc; else cat; fi |
                "$@" /usr/bin/tee "$temporary" >/dev/null || discard "$@"
            exec </dev/null
            "$@" /usr/bin/chmod --reference="$like" "$temporary" || discard "$@"
            "$@" /usr/bin/sync "$temporary" || discard "$@"
            "$@" /usr/bin/cat "$temporary" | sha256sum
            """;

    /// Puts the segment in its place by one rename, if it begins with the bytes that the server there has
    /// received.
    static final String PLACE = """
            temporary=$1 segment=$2 directory=$3 same=$4; shift 4
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
