package io.heliosctl.run;

import io.heliosctl.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;

/// Writes lines at the end of a file, each as a whole or not at all.
final class JournalPen implements AutoCloseable {

    private final FileChannel channel;
    private long end;
    private Optional<String> previous;
    private boolean clean;
    private Optional<IOException> lost = Optional.empty();

    private JournalPen(FileChannel channel, long end, Optional<String> previous, boolean clean) {
        this.channel = channel;
        this.end = end;
        this.previous = previous;
        this.clean = clean;
    }

    /// For an empty file.
    static JournalPen atStart(FileChannel channel) {
        return new JournalPen(channel, 0, Optional.empty(), true);
    }

    /// Goes on behind the last whole line.
    static JournalPen after(FileChannel channel, JournalFile written) {
        var previous = written.lines().getLast().sha256();
        return new JournalPen(
                channel, written.end(), Optional.of(previous), written.torn().size() == 0);
    }

    /// Writes a line; whether it is safe on disk, only [#force] tells.
    ///
    /// @throws IOException if it was not written; a part of it is taken away again, so that the next one can
    ///     follow
    synchronized void append(Map<String, Object> fields) throws IOException {
        undisturbed(() -> write(fields));
    }

    private void write(Map<String, Object> fields) throws IOException {
        wipe();
        var line = JournalChain.line(fields, previous);
        var bytes = ByteBuffer.wrap(Bytes.of(line.text() + "\n").toArray());
        var position = end;
        clean = false;
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            try {
                wipe();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        clean = true;
        end = position;
        previous = Optional.of(line.sha256());
    }

    private void wipe() throws IOException {
        if (!clean) {
            channel.truncate(end);
            clean = true;
        }
    }

    /// Makes everything written so far survive a loss of power.
    ///
    /// @throws IOException if that is not certain. Linux tells each loss once and forgets it, so that a second
    ///     try that succeeds proves nothing: from then on every call fails
    synchronized void force() throws IOException {
        if (lost.isPresent()) {
            throw new IOException("an earlier write was lost", lost.get());
        }
        try {
            undisturbed(() -> channel.force(false));
        } catch (IOException e) {
            lost = Optional.of(e);
            throw e;
        }
    }

    /// A thread that was told to hurry would close the file by writing to it.
    private static void undisturbed(Work work) throws IOException {
        var interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
