package io.heliosctl.postgres;

import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The header of a page of WAL (source of PostgreSQL, `xlog_internal.h`); the same from 9.3 to 18, but for the
/// magic number.
///
/// @param address the position that the page begins at
/// @param remaining how much of a record that began on an earlier page is still to come
/// @param timeline that was written when the page was begun
record WalPage(int magic, int info, int timeline, long address, long remaining) {

    /// Bytes of a header, and of the longer one that begins a segment.
    static final int SHORT = 24;

    static final int LONG = 40;

    private static final int CONTINUED = 0x1;
    private static final int LONG_HEADER = 0x2;
    private static final int OVERWRITTEN = 0x8;
    private static final int ALL_FLAGS = 0xF;

    /// Where the header that begins a segment has the system identifier, the sizes of a segment and of a page.
    private static final int SYSTEM_ID = 24;

    private static final int SEGMENT_SIZE = 32;
    private static final int PAGE_SIZE = 36;

    static WalPage read(byte[] bytes, ByteOrder order) {
        var buffer = ByteBuffer.wrap(bytes).order(order);
        return new WalPage(
                Short.toUnsignedInt(buffer.getShort()),
                Short.toUnsignedInt(buffer.getShort()),
                buffer.getInt(),
                buffer.getLong(),
                Integer.toUnsignedLong(buffer.getInt()));
    }

    /// Begins with the rest of a record.
    boolean isContinued() {
        return (info & CONTINUED) != 0;
    }

    /// Begins with a new record, although an earlier page ends with a part of one: the server crashed in
    /// between, and went on here (`XLP_FIRST_IS_OVERWRITE_CONTRECORD`).
    boolean isOverwritten() {
        return (info & OVERWRITTEN) != 0;
    }

    /// True if it is what has to be at that position.
    ///
    /// @param begins whether a segment begins there
    boolean isAt(long position, boolean begins, Timeline newest) {
        return address == position
                && (info & ~ALL_FLAGS) == 0
                && ((info & LONG_HEADER) != 0) == begins
                && timeline > 0
                && timeline <= newest.id();
    }

    /// The byte order of the machine that wrote the header which begins a segment of that size.
    static ByteOrder order(byte[] header, long segmentSize) {
        var little = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(SEGMENT_SIZE);
        return little == segmentSize ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /// True if that header begins a segment of that size, of that system.
    static boolean isOf(byte[] header, ByteOrder order, SystemId systemId, long segmentSize) {
        var buffer = ByteBuffer.wrap(header).order(order);
        return Long.toUnsignedString(buffer.getLong(SYSTEM_ID)).equals(systemId.value())
                && buffer.getInt(SEGMENT_SIZE) == segmentSize;
    }

    /// Bytes of a page, from the header that begins a segment.
    static int pageSize(byte[] header, ByteOrder order) {
        return ByteBuffer.wrap(header).order(order).getInt(PAGE_SIZE);
    }
}
