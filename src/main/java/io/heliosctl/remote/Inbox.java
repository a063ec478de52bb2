package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;

/// The bytes that have come in on a channel and have not been read yet. The host may send more only as they
/// are read.
final class Inbox extends InputStream implements Sink {

    /// Tells the channel that bytes have been read.
    interface Released {

        void release(long bytes) throws IOException;
    }

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private Released released = bytes -> {};
    private Duration timeout = Duration.ZERO;
    private int position;
    private int waiting;
    private boolean ended;

    void released(Released listener) {
        this.released = listener;
    }

    /// How long a read may wait; zero is for ever, as [java.net.Socket#setSoTimeout] has it.
    synchronized void timeout(Duration limit) {
        this.timeout = limit;
    }

    @Override
    public synchronized int accept(byte[] bytes, int offset, int length) {
        if (length > 0) {
            chunks.add(Arrays.copyOfRange(bytes, offset, offset + length));
            waiting += length;
            notifyAll();
        }
        return 0;
    }

    @Override
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int taken = take(target, offset, length);
        if (taken > 0) {
            released.release(taken);
        }
        return taken;
    }

    private synchronized int take(byte[] target, int offset, int length) throws IOException {
        await();
        byte[] chunk = chunks.peek();
        if (chunk == null) {
            return -1;
        }
        int taken = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, taken);
        position += taken;
        waiting -= taken;
        if (position == chunk.length) {
            chunks.remove();
            position = 0;
        }
        return taken;
    }

    private void await() throws IOException {
        boolean limited = !timeout.isZero();
        Deadline deadline = Deadline.in(timeout);
        while (chunks.isEmpty() && !ended) {
            if (limited && deadline.hasPassed()) {
                throw new SocketTimeoutException("nothing came within " + timeout.toMillis() + " ms");
            }
            try {
                wait(limited ? deadline.millis() : 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
            }
        }
    }

    @Override
    public synchronized int available() {
        return waiting;
    }
}
