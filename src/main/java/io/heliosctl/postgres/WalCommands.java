package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.remote.Privilege;
import java.util.List;

/// The commands that read the WAL segments of one server, or put one there that comes from another.
///
/// PostgreSQL itself removes files of the temporary name when it starts (source of PostgreSQL,
/// `RemoveTempXlogFiles`).
record WalCommands(Node node) {

    /// The name of any segment.
    private static final String ANY = "0".repeat(WalSegment.NAME_LENGTH);

    private static final String TEMPORARY = "xlogtemp.heliosctl";

    String directory() {
        return node.postgres().dataDir() + "/pg_wal";
    }

    String temporary() {
        return directory() + "/" + TEMPORARY;
    }

    String segment(String name) {
        return directory() + "/" + name;
    }

    /// A file with the mode that the server gives to its own: 0600, or 0640 where `initdb` was told to let a
    /// group read.
    String like() {
        return node.postgres().dataDir() + "/PG_VERSION";
    }

    Privilege list() {
        return asOwner("/usr/bin/ls", "-1", directory());
    }

    /// Of one segment.
    Privilege read(String name) {
        return asOwner("/usr/bin/cat", segment(name));
    }

    /// To the name of one segment.
    Privilege place(String name) {
        return asOwner("/usr/bin/mv", "-fT", temporary(), segment(name));
    }

    /// Into one segment.
    Privilege fill(String name, long offset) {
        return asOwner(
                "/usr/bin/dd",
                "of=" + segment(name),
                "bs=65536",
                "seek=" + digits(offset),
                "oflag=seek_bytes",
                "conv=notrunc,fsync",
                "status=none");
    }

    /// An offset in a segment, always as long: sudo's patterns have no other way to say "a number".
    static String digits(long offset) {
        return "%010d".formatted(offset);
    }

    /// Every command that sudo must allow.
    List<Privilege> all() {
        return List.of(
                list(),
                read(ANY).varying(1),
                asOwner("/usr/bin/install", "-T", "-m", "0600", "/dev/null", temporary()),
                asOwner("/usr/bin/tee", temporary()),
                asOwner("/usr/bin/chmod", "--reference=" + like(), temporary()),
                asOwner("/usr/bin/sync", temporary()),
                asOwner("/usr/bin/cat", temporary()),
                place(ANY).varying(3),
                fill(ANY, 0).varying(1).varying(3),
                asOwner("/usr/bin/sync", directory()),
                asOwner("/usr/bin/rm", "-f", temporary()));
    }

    private Privilege asOwner(String... words) {
        return new Privilege(node.postgres().osUser(), List.of(words));
    }
}
