package io.heliosctl.postgres;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// One record of WAL while it is being read (source of PostgreSQL, `xlogrecord.h`); the same from 9.5 to 18.
final class WalRecord {

    /// Bytes of the header.
    static final int HEADER = 24;

    /// Bytes of it that never lie on two pages: the length is among them.
    static final int LENGTH = 8;

    private static final int PREVIOUS = 8;
    private static final int INFO = 16;
    private static final int RESOURCE_MANAGER = 17;
    private static final int CHECKSUM = 20;

    /// `XLOG_SWITCH` of the resource manager `XLOG`.
    private static final int SWITCH = 0x40;

    private static final int OWN_INFO = 0xF0;

    private final byte[] header = new byte[HEADER];
    private final ByteBuffer fields;
    private final CRC32C checksum = new CRC32C();

    WalRecord(ByteOrder order) {
        fields = ByteBuffer.wrap(header).order(order);
    }

    /// What its bytes are to be read into.
    byte[] header() {
        return header;
    }

    long length() {
        return Integer.toUnsignedLong(fields.getInt(0));
    }

    boolean hasLength() {
        return length() >= HEADER;
    }

    /// Whether it names the record before it.
    ///
    /// @param previous negative if that is not known: then it must be any earlier one
    boolean follows(long start, long previous) {
        var named = fields.getLong(PREVIOUS);
        return previous < 0 ? Long.compareUnsigned(named, start) < 0 : named == previous;
    }

    /// Takes the next bytes behind the header.
    void data(byte[] bytes, int length) {
        checksum.update(bytes, 0, length);
    }

    /// Whether its checksum, which is made of the data and then of the header up to itself, is right.
    boolean isProved() {
        checksum.update(header, 0, CHECKSUM);
        return (int) checksum.getValue() == fields.getInt(CHECKSUM);
    }

    /// Whether the rest of its segment is empty.
    boolean endsSegment() {
        return header[RESOURCE_MANAGER] == 0 && (header[INFO] & OWN_INFO) == SWITCH;
    }
}
