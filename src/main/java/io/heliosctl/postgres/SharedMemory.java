package io.heliosctl.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A System V shared memory segment of a host, as `/proc/sysvipc/shm` shows it (proc_sysvipc_shm(5)).
///
/// @param creator process that made it; of a server that is its postmaster
/// @param attached how many processes use it
record SharedMemory(long key, long id, long creator, long attached) {

    private static final int KEY = 0;
    private static final int ID = 1;
    private static final int CREATOR = 4;
    private static final int ATTACHED = 6;

    /// The line of `postmaster.pid` with key and id (`miscadmin.h`).
    private static final int LINE = 7;

    /// A key that somebody else has is left out, and the next one is taken.
    private static final int TRIES = 4;

    /// Before PostgreSQL 12.
    private static final long KEYS_OF_A_PORT = 1000;

    static List<SharedMemory> parse(String shown) {
        return shown.lines()
                .skip(1)
                .map(line -> Arrays.asList(line.strip().split("\\s+", -1)))
                .filter(columns -> columns.size() > ATTACHED)
                .map(columns -> new SharedMemory(
                        Long.parseLong(columns.get(KEY)),
                        Long.parseLong(columns.get(ID)),
                        Long.parseLong(columns.get(CREATOR)),
                        Long.parseLong(columns.get(ATTACHED))))
                .toList();
    }

    /// The one that a `postmaster.pid` names, where a negative key is written as an unsigned number. Only key and id
    /// are
    /// known of it.
    static Optional<SharedMemory> named(String pidFile) {
        return pidFile.lines()
                .skip(LINE - 1)
                .findFirst()
                .map(line -> Arrays.asList(line.strip().split("\\s+", -1)))
                .filter(words -> words.size() == 2)
                .map(words ->
                        new SharedMemory(Long.parseUnsignedLong(words.get(0)), Long.parseLong(words.get(1)), 0, 0));
    }

    /// Ids are given anew after a reboot, so an id alone may be another server's.
    boolean isSame(Optional<SharedMemory> other) {
        return other.filter(each -> each.key == key && each.id == id).isPresent();
    }

    /// Whether a server could have made it: from its data directory's inode, before PostgreSQL 12 from its port
    /// (source of PostgreSQL, `PGSharedMemoryCreate`).
    boolean mayBeOf(Optional<Long> inode, int port) {
        return inode.filter(this::isFromInode).isPresent() || isFrom(port * KEYS_OF_A_PORT + 1);
    }

    /// A key has the inode's lower 32 bits.
    private boolean isFromInode(long inode) {
        int first = (int) inode;
        return isFrom(first);
    }

    private boolean isFrom(long first) {
        return key >= first && key < first + TRIES;
    }
}
