package io.heliosctl.postgres;

import io.heliosctl.remote.Coprocess;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/// The content of a segment on its way from a host. What comes is passed on as it comes, and decompressed here
/// to be looked at.
final class WalStream extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    private final Coprocess program;
    private final InputStream raw;

    private WalStream(Coprocess program, InputStream raw, InputStream content) {
        super(content);
        this.program = program;
        this.raw = raw;
    }

    /// @param program what reads it on the host
    /// @param copy what is given the bytes as they come, the very first ones too
    /// @param progress told whenever some have come
    static WalStream of(Coprocess program, boolean compressed, OutputStream copy, Runnable progress)
            throws IOException {
        var raw = new Tee(program.output(), copy, progress);
        try {
            return new WalStream(program, raw, compressed ? new GZIPInputStream(raw, BUFFER) : raw);
        } catch (IOException e) {
            throw unreadable(program, e);
        }
    }

    private static IOException unreadable(Coprocess program, IOException cause) {
        var said = complaint(program);
        program.close();
        return new IOException(said.isEmpty() ? "it could not be read" : said, cause);
    }

    /// The first line that a program prints, before its content.
    ///
    /// @throws IOException if there is none, with what it complains about
    static String line(Coprocess program) throws IOException {
        var line = new StringBuilder();
        for (var next = program.output().read();
                next != '\n';
                next = program.output().read()) {
            if (next < 0 || line.length() > BUFFER) {
                throw unreadable(program, new EOFException());
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /// Reads what is left behind the content, so that all of it is passed on.
    void drain() throws IOException {
        raw.transferTo(OutputStream.nullOutputStream());
    }

    /// What a program has said on standard error, on one line.
    static String complaint(Coprocess program) {
        try {
            var errors = program.errors();
            var said = new String(errors.readNBytes(Math.min(errors.available(), BUFFER)), StandardCharsets.UTF_8);
            return said.strip()
                    .lines()
                    .reduce((first, next) -> first + "; " + next)
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /// What has been said on the host while it was read.
    String complaint() {
        return complaint(program);
    }

    /// Closed early, it ends the program too.
    @Override
    public void close() throws IOException {
        program.close();
        super.close();
    }

    private static final class Tee extends FilterInputStream {

        private final OutputStream copy;
        private final Runnable progress;

        private Tee(InputStream from, OutputStream copy, Runnable progress) {
            super(from);
            this.copy = copy;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var taken = super.read(target, offset, length);
            if (taken > 0) {
                progress.run();
                copy.write(target, offset, taken);
            }
            return taken;
        }
    }
}
