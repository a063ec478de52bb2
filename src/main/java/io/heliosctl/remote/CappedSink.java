package io.heliosctl.remote;

import io.heliosctl.model.Bytes;
import java.io.ByteArrayOutputStream;

/// Keeps the first bytes, up to a limit, and lets the rest go by.
final class CappedSink implements Sink {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private boolean cut;

    CappedSink(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized int accept(byte[] bytes, int offset, int length) {
        int room = Math.min(length, limit - kept.size());
        kept.write(bytes, offset, room);
        cut |= room < length;
        return length;
    }

    @Override
    public void end() {}

    synchronized Bytes bytes() {
        return Bytes.of(kept.toByteArray());
    }

    synchronized boolean isCut() {
        return cut;
    }
}
