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

        /// The bytes of a segment; empty if there is none of that number.
        ///
        /// @param skipped how many bytes at its beginning are left out
        Optional<InputStream> open(long number, long skipped) throws IOException;
    }

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 16;

    /// How far behind the end is looked.
    private static final int PAGES_BEHIND = 8;

    private static final int SEGMENTS_BEHIND = 2;

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

    /// Set where a page that was written goes on with something else than the one before it.
    private boolean parted;

    /// What of a page was read that was not turned to.
    private int spent;

    WalReader(Segments segments, SystemId systemId, Timeline timeline, long segmentSize) {
        this.segments = segments;
        this.systemId = systemId;
        this.timeline = timeline;
        this.segmentSize = segmentSize;
    }

    /// Reads from the beginning of a segment on; empty if that is not there or does not begin as one.
    ///
    /// @throws IOException if a segment could not be read, which says nothing about where WAL ends
    Optional<WalRead> walk(long number) throws IOException {
        at = number * segmentSize;
        try {
            if (!turnPage() || !skipContinuation()) {
                return Optional.empty();
            }
            var first = at % pageSize == pageHeader() ? at - pageHeader() : at;
            return Optional.of(walked(new Lsn(first), new Lsn(first), -1));
        } finally {
            segment.close();
        }
    }

    /// Reads on where an earlier reading has ended: more may have been written since. Empty if that segment is
    /// not there any more.
    ///
    /// @throws IOException if a segment could not be read, which says nothing about where WAL ends
    Optional<WalRead> walkOn(WalRead before) throws IOException {
        at = before.end().value();
        pageSize = before.pageSize();
        magic = before.magic();
        order = before.order();
        try {
            return at % segmentSize == 0 || opened(at / segmentSize, at % segmentSize)
                    ? Optional.of(walked(before.first(), before.end(), before.last()))
                    : Optional.empty();
        } finally {
            segment.close();
        }
    }

    private WalRead walked(Lsn first, Lsn begin, long known) throws IOException {
        var end = begin;
        var previous = known;
        while (true) {
            var record = next(previous);
            if (record < 0) {
                // What was looked at before need not be looked at again.
                var seen = known >= 0 && end.equals(begin);
                requireNothingBehind(end, seen);
                return new WalRead(first, end, previous, pageSize, magic, order);
            }
            previous = record;
            end = new Lsn(at);
        }
    }

    /// A server writes its WAL in order: where a crash has ended it, nothing follows. Pages that were written
    /// behind the end mean that something between is damaged or missing, and with it perhaps what was
    /// acknowledged.
    private void requireNothingBehind(Lsn end, boolean seen) throws IOException {
        var base = at / segmentSize;
        var damaged = parted || (at % segmentSize != 0 && isWrittenBehind());
        for (var number = base; !damaged && !seen && number <= base + SEGMENTS_BEHIND; number++) {
            damaged = number * segmentSize >= at && begins(number);
        }
        if (damaged) {
            throw new IOException("there is WAL behind %s that does not follow it".formatted(end));
        }
    }

    private boolean isWrittenBehind() throws IOException {
        var next = (at + spent + pageSize - 1) / pageSize * pageSize;
        var position = at + spent;
        for (var count = 0; count < PAGES_BEHIND && next % segmentSize != 0; count++) {
            segment.skipNBytes(next - position);
            var header = segment.readNBytes(WalPage.SHORT);
            if (header.length < WalPage.SHORT) {
                throw cut();
            }
            if (WalPage.read(header, order).isAt(next, false, timeline)) {
                return true;
            }
            position = next + header.length;
            next += pageSize;
        }
        return false;
    }

    /// Whether a segment of that number was begun, not only made for later use.
    private boolean begins(long number) throws IOException {
        if (!opened(number, 0)) {
            return false;
        }
        var header = segment.readNBytes(WalPage.LONG);
        return header.length == WalPage.LONG
                && WalPage.isOf(header, order, systemId, segmentSize)
                && WalPage.read(header, order).isAt(number * segmentSize, true, timeline);
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
        if (at % pageSize == 0) {
            if (!turnPage()) {
                return -1;
            }
            if (page.isContinued()) {
                parted = true;
                return -1;
            }
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
            parted = isFollowed(start);
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

    /// Whether behind a record that is not valid there is one that names it: it was whole once.
    private boolean isFollowed(long start) throws IOException {
        skip(align(at) - at);
        if (at % pageSize == 0) {
            return turnPage();
        }
        var following = new WalRecord(order);
        var begin = at;
        left = WalRecord.LENGTH;
        if (!take(following.header(), 0, WalRecord.LENGTH) || !following.hasLength()) {
            return false;
        }
        left = following.length() - WalRecord.LENGTH;
        return take(following.header(), WalRecord.LENGTH, WalRecord.HEADER - WalRecord.LENGTH)
                && following.follows(begin, start);
    }

    private boolean isContinuedOnNextPage() throws IOException {
        if (!turnPage()) {
            return false;
        }
        overwritten = page.isOverwritten();
        var continued = page.isContinued() && page.remaining() == left;
        parted = !overwritten && !continued;
        return !overwritten && continued;
    }

    /// Reads the header of the page that begins here, and opens the segment if one does.
    private boolean turnPage() throws IOException {
        var begins = at % segmentSize == 0;
        if (begins && !opened(at / segmentSize, 0)) {
            return false;
        }
        var bytes = segment.readNBytes(begins ? WalPage.LONG : WalPage.SHORT);
        spent = bytes.length;
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
        spent = 0;
        return true;
    }

    private boolean opened(long number, long skipped) throws IOException {
        segment.close();
        segment = InputStream.nullInputStream();
        var next = segments.open(number, skipped);
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
