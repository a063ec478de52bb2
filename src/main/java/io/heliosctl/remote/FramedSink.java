package io.heliosctl.remote;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/// Drops what comes before the frame's line and passes on what comes after it.
final class FramedSink implements Sink {

    private static final int NOISE_LIMIT = 1 << 16;

    private final String marker;
    private final Sink next;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private String noise = "";

    FramedSink(Frame frame, Sink next) {
        this.marker = new String(frame.marker(), StandardCharsets.ISO_8859_1);
        this.next = next;
    }

    @Override
    public synchronized int accept(byte[] bytes, int offset, int length) {
        if (begun.isDone()) {
            return next.accept(bytes, offset, length);
        }
        String seen = noise + new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        int start = seen.indexOf(marker);
        if (start < 0) {
            noise = seen.substring(Math.max(0, seen.length() - NOISE_LIMIT));
            return length;
        }
        noise = seen.substring(0, start);
        int rest = seen.length() - start - marker.length();
        begun.complete(true);
        return length - rest + next.accept(bytes, offset + length - rest, rest);
    }

    @Override
    public synchronized void end() {
        begun.complete(false);
        next.end();
    }

    /// True once the frame's line has come; false if the stream ended without it.
    CompletableFuture<Boolean> begun() {
        return begun;
    }

    /// What came before the frame's line, or instead of it.
    synchronized String noise() {
        return new String(noise.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }
}
