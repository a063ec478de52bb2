package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Timeline;

/// The files that WAL is kept in (PostgreSQL manual, "WAL Internals").
final class WalSegment {

    /// What a name consists of: hexadecimal digits.
    static final int NAME_LENGTH = 24;

    /// Those of the timeline.
    static final int TIMELINE_LENGTH = 8;

    private WalSegment() {}

    /// The name of the file that holds a position, as `pg_walfile_name` gives it, which a standby may not
    /// call.
    ///
    /// @param size `wal_segment_size` in bytes
    static String name(Timeline timeline, Lsn position, long size) {
        return name(timeline, number(position, size), size);
    }

    /// The name of the segment of that number.
    static String name(Timeline timeline, long number, long size) {
        var perLog = 0x1_0000_0000L / size;
        return "%08X%08X%08X".formatted(timeline.id(), number / perLog, number % perLog);
    }

    /// Segments are numbered from the beginning of all WAL.
    static long number(Lsn position, long size) {
        return Long.divideUnsigned(position.value(), size);
    }
}
