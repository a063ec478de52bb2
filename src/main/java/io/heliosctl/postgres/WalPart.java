package io.heliosctl.postgres;

import io.heliosctl.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Bytes of a segment on their way from one host to another.
interface WalPart {

    /// SHA-256 of the bytes before them in their segment.
    String before();

    /// Whether they are sent compressed.
    boolean compressed();

    /// Sends them.
    ///
    /// @return their SHA-256
    String sendTo(OutputStream host) throws IOException;

    /// The same, in memory.
    default WalPart kept() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var sum = sendTo(bytes);
        return new Kept(before(), compressed(), Bytes.of(bytes.toByteArray()), sum);
    }

    /// What was read before it is sent.
    record Kept(String before, boolean compressed, Bytes bytes, String sum) implements WalPart {

        @Override
        public String sendTo(OutputStream host) throws IOException {
            host.write(bytes.toArray());
            return sum;
        }
    }

    /// The SHA-256 of a stream, read to its end.
    ///
    /// @throws IOException if it is not that long
    static String digest(InputStream content, long size) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var length = new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
            if (length != size) {
                throw new IOException("%d bytes of a segment came, not %d".formatted(length, size));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
