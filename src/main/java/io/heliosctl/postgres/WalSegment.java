package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Timeline;

/// The files that WAL is kept in (PostgreSQL manual, "WAL Internals").
final class WalSegment {

    private WalSegment() {}

    /// The name of the file that holds a position, as `pg_walfile_name` gives it, which a standby may not
    /// call.
    ///
    /// @param size `wal_segment_size` in bytes
    static String name(Timeline timeline, Lsn position, long size) {
        var segment = Long.divideUnsigned(position.value(), size);
        var perLog = 0x1_0000_0000L / size;
        return "%08X%08X%08X".formatted(timeline.id(), segment / perLog, segment % perLog);
    }
}
