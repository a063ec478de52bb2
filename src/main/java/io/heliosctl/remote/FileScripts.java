package io.heliosctl.remote;

/// The constant scripts of [RemoteFiles]: one round trip each. The words after the paths (`"$@"`) are the
/// `become` words.
///
/// A refused sudo and a false `test` both end with status 1, so that nothing is concluded from a 1: that a file
/// is missing is proved by `test ! -e` saying yes, in a directory that can be searched.
final class FileScripts {

    /// The file, or its directory entry, is proved to be missing.
    static final int ABSENT = 100;

    /// The file is there and should not be.
    static final int PRESENT = 101;

    /// The bytes on disk are not the bytes sent.
    static final int DIFFERS = 102;

    /// The change was made, and that it is on disk could not be proved.
    static final int UNPROVED = 103;

    static final String READ = """
            path=$1 directory=$2; shift 2
            "$@" /usr/bin/cat "$path" && exit 0
            "$@" /usr/bin/test ! -e "$path" && "$@" /usr/bin/test -x "$directory" && exit 100
            exit 1
            """;

    static final String EXISTS = """
            path=$1 directory=$2; shift 2
            "$@" /usr/bin/test -e "$path" && exit 0
            "$@" /usr/bin/test ! -e "$path" && "$@" /usr/bin/test -x "$directory" && exit 100
            exit 1
            """;

    /// The content comes on standard input. Prints the file that will be replaced, which is the path itself or
    /// what the symbolic link there leads to. The content is proved before the file's owner may be given to it.
    static final String STAGE = """
            path=$1 sum=$2; shift 2
            target=$path
            "$@" /usr/bin/test ! -L "$path" </dev/null ||
                target=$("$@" /usr/bin/readlink -f "$path" </dev/null) || exit 1
            temporary=${target%/*}/.${target##*/}.heliosctl
            discard() { status=$1; shift; "$@" /usr/bin/rm -f "$temporary" </dev/null; exit "$status"; }
            "$@" /usr/bin/install -T -m 0600 /dev/null "$temporary" </dev/null || exit 1
            "$@" /usr/bin/tee "$temporary" >/dev/null || discard 1 "$@"
            exec </dev/null
            seen=$("$@" /usr/bin/sha256sum "$temporary") || discard 1 "$@"
            [ "${seen%% *}" = "$sum" ] || discard 102 "$@"
            if "$@" /usr/bin/test -e "$target"; then
                "$@" /usr/bin/chown --reference="$target" "$temporary" || discard 1 "$@"
                "$@" /usr/bin/chmod --reference="$target" "$temporary" || discard 1 "$@"
            else
                "$@" /usr/bin/test ! -e "$target" || discard 1 "$@"
            fi
            "$@" /usr/bin/sync "$temporary" || discard 1 "$@"
            printf '%s\\n' "$target"
            """;

    /// As STAGE, under a name that is nobody else's, and taken away at the end: also when the connection
    /// breaks.
    static final String TRY_OUT = """
            path=$1 trial=$2 sum=$3; shift 3
            end() { status=$1; shift; trap - HUP INT TERM; "$@" /usr/bin/rm -f "$trial" </dev/null; exit "$status"; }
            trap 'end 1 "$@"' HUP INT TERM
            "$@" /usr/bin/install -T -m 0600 /dev/null "$trial" </dev/null || exit 1
            "$@" /usr/bin/tee "$trial" >/dev/null || end 1 "$@"
            exec </dev/null
            seen=$("$@" /usr/bin/sha256sum "$trial") || end 1 "$@"
            [ "${seen%% *}" = "$sum" ] || end 102 "$@"
            if "$@" /usr/bin/test -e "$path"; then
                "$@" /usr/bin/chown --reference="$path" "$trial" || end 1 "$@"
                "$@" /usr/bin/chmod --reference="$path" "$trial" || end 1 "$@"
            else
                "$@" /usr/bin/test ! -e "$path" || end 1 "$@"
            fi
            "$@" /usr/bin/sync "$trial" || end 1 "$@"
            end 0 "$@"
            """;

    static final String COMMIT = """
            target=$1 directory=$2 temporary=$3 sum=$4; shift 4
            discard() { status=$1; shift; "$@" /usr/bin/rm -f "$temporary"; exit "$status"; }
            seen=$("$@" /usr/bin/sha256sum "$temporary") || discard 1 "$@"
            [ "${seen%% *}" = "$sum" ] || discard 102 "$@"
            "$@" /usr/bin/mv -fT "$temporary" "$target" || discard 1 "$@"
            "$@" /usr/bin/sync "$directory" || exit 103
            seen=$("$@" /usr/bin/sha256sum "$target") || exit 103
            [ "${seen%% *}" = "$sum" ] || exit 103
            """;

    static final String MARK = """
            path=$1 directory=$2; shift 2
            "$@" /usr/bin/test -e "$path" || "$@" /usr/bin/install -T -m 0600 /dev/null "$path" || exit 1
            "$@" /usr/bin/sync "$path" && "$@" /usr/bin/sync "$directory" &&
                "$@" /usr/bin/test -e "$path" || exit 103
            """;

    static final String REMOVE = """
            path=$1 directory=$2; shift 2
            "$@" /usr/bin/rm -f "$path" || exit 1
            "$@" /usr/bin/sync "$directory" && "$@" /usr/bin/test ! -e "$path" || exit 103
            """;

    static final String COPY = """
            from=$1 to=$2 directory=$3 temporary=$4; shift 4
            discard() { "$@" /usr/bin/rm -f "$temporary"; exit 1; }
            "$@" /usr/bin/cp -pT "$from" "$temporary" || discard "$@"
            "$@" /usr/bin/sync "$temporary" || discard "$@"
            "$@" /usr/bin/mv -fT "$temporary" "$to" || discard "$@"
            "$@" /usr/bin/sync "$directory" || exit 103
            """;

    static final String RENAME = """
            from=$1 to=$2 here=$3 there=$4; shift 4
            "$@" /usr/bin/test ! -e "$to" || exit 101
            "$@" /usr/bin/mv -T "$from" "$to" || exit 1
            "$@" /usr/bin/sync "$there" && "$@" /usr/bin/sync "$here" || exit 103
            """;

    static final String WRITABLE = """
            [ -d "$1" ] && [ -w "$1" ]
            """;

    private FileScripts() {}
}
