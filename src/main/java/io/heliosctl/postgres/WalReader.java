package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Optional;

/// Finds the end of valid WAL as a recovery would: record by record, each proved by its checksum and by naming
/// the one before it (source of PostgreSQL, `xlogreader.c`). Nothing of it is kept in memory.
final class WalReader {

    /// Where segments come from.
    @FunctionalInterface
    interface Segments {

        /// The bytes of a segment from its beginning; empty if there is none of that number.
        Optional<InputStream> open(long number) throws IOException;
    }

    /// What was found.
    ///
    /// @param first where the first record begins; what lies before it in the segment was not proved
    /// @param end where the last valid record ends, as replay counts it
    record Walked(Lsn first, Lsn end) {}

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 16;

    private final Segments segments;
    private final SystemId systemId;
    private final Timeline timeline;
    private final long segmentSize;

    private InputStream segment = InputStream.nullInputStream();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int pageSize = 1;
    private int magic;
    private long at;
    private WalPage page;

    /// How much of the record that is being read is still to come.
    private long left;

    /// Set where a page says that the record being read was given up.
    private boolean overwritten;

    WalReader(Segments segments, SystemId systemId, Timeline timeline, long segmentSize) {
        this.segments = segments;
        this.systemId = systemId;
        this.timeline = timeline;
        this.segmentSize = segmentSize;
    }

    /// Reads from the beginning of a segment on; empty if that is not there or does not begin as one.
    ///
    /// @throws IOException if a segment could not be read, which says nothing about where WAL ends
    Optional<Walked> walk(long number) throws IOException {
        at = number * segmentSize;
        try {
            if (!turnPage() || !skipContinuation()) {
                return Optional.empty();
            }
            var first = at % pageSize == pageHeader() ? at - pageHeader() : at;
            var end = first;
            var previous = -1L;
            while (true) {
                var record = next(previous);
                if (record < 0) {
                    return Optional.of(new Walked(new Lsn(first), new Lsn(end)));
                }
                previous = record;
                end = at;
            }
        } finally {
            segment.close();
        }
    }

    /// Goes on to the first record that begins on the page turned to, or on a later one.
    private boolean skipContinuation() throws IOException {
        while (page.isContinued()) {
            var room = pageSize - pageHeader();
            var rest = align(page.remaining());
            if (rest <= room) {
                skip(rest);
                return true;
            }
            skip(room);
            if (!turnPage()) {
                return false;
            }
        }
        return true;
    }

    /// Reads one record.
    ///
    /// @param previous where the one before it begins; negative if that is not known
    /// @return where it begins; negative if there is no valid one
    private long next(long previous) throws IOException {
        if (at % pageSize == 0 && (!turnPage() || page.isContinued())) {
            return -1;
        }
        while (true) {
            overwritten = false;
            var start = at;
            var record = new WalRecord(order);
            if (isRead(record, start, previous)) {
                return start;
            }
            if (!overwritten) {
                return -1;
            }
        }
    }

    private boolean isRead(WalRecord record, long start, long previous) throws IOException {
        // The length lies on one page always; the rest of the header need not.
        left = WalRecord.LENGTH;
        if (!take(record.header(), 0, WalRecord.LENGTH) || !record.hasLength()) {
            return false;
        }
        left = record.length() - WalRecord.LENGTH;
        if (!take(record.header(), WalRecord.LENGTH, WalRecord.HEADER - WalRecord.LENGTH)
                || !record.follows(start, previous)) {
            return false;
        }
        var chunk = new byte[CHUNK];
        while (left > 0) {
            var length = (int) Math.min(chunk.length, left);
            if (!take(chunk, 0, length)) {
                return false;
            }
            record.data(chunk, length);
        }
        if (!record.isProved()) {
            return false;
        }
        if (record.endsSegment()) {
            // Nothing follows in its segment; the next one is opened at its first page.
            at += segmentSize - 1;
            at -= at % segmentSize;
        } else {
            skip(align(at) - at);
        }
        return true;
    }

    /// Takes the next bytes of a record, which may go on over the ends of pages.
    private boolean take(byte[] into, int offset, int length) throws IOException {
        var taken = 0;
        while (taken < length) {
            if (at % pageSize == 0 && !isContinuedOnNextPage()) {
                return false;
            }
            var part = (int) Math.min(length - taken, pageSize - at % pageSize);
            if (segment.readNBytes(into, offset + taken, part) < part) {
                throw cut();
            }
            at += part;
            left -= part;
            taken += part;
        }
        return true;
    }

    private boolean isContinuedOnNextPage() throws IOException {
        if (!turnPage()) {
            return false;
        }
        overwritten = page.isOverwritten();
        return !overwritten && page.isContinued() && page.remaining() == left;
    }

    /// Reads the header of the page that begins here, and opens the segment if one does.
    private boolean turnPage() throws IOException {
        var begins = at % segmentSize == 0;
        if (begins && !opened(at / segmentSize)) {
            return false;
        }
        var bytes = segment.readNBytes(begins ? WalPage.LONG : WalPage.SHORT);
        if (bytes.length < (begins ? WalPage.LONG : WalPage.SHORT)) {
            throw cut();
        }
        if (begins && !begun(bytes)) {
            return false;
        }
        page = WalPage.read(bytes, order);
        if (!page.isAt(at, begins, timeline) || (magic != 0 && page.magic() != magic)) {
            return false;
        }
        magic = page.magic();
        at += bytes.length;
        return true;
    }

    private boolean opened(long number) throws IOException {
        segment.close();
        segment = InputStream.nullInputStream();
        var next = segments.open(number);
        segment = next.orElse(segment);
        return next.isPresent();
    }

    private boolean begun(byte[] header) {
        order = WalPage.order(header, segmentSize);
        if (!WalPage.isOf(header, order, systemId, segmentSize)) {
            return false;
        }
        pageSize = WalPage.pageSize(header, order);
        return pageSize > WalPage.LONG && segmentSize % pageSize == 0;
    }

    private int pageHeader() {
        return page.address() % segmentSize == 0 ? WalPage.LONG : WalPage.SHORT;
    }

    private void skip(long bytes) throws IOException {
        segment.skipNBytes(bytes);
        at += bytes;
    }

    private EOFException cut() {
        return new EOFException("the segment ends at %s".formatted(new Lsn(at)));
    }

    private static long align(long position) {
        return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
