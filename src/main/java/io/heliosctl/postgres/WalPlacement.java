package io.heliosctl.postgres;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Node;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Coprocess;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Ran.Exited;
import io.heliosctl.remote.Remote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;

/// Puts segments of WAL into a server's pg_wal: under another name first, on disk, its bytes proved by SHA-256,
/// with the server's own mode; then by one rename. What the server has received of a segment must be the same
/// in the new one.
final class WalPlacement {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int CHUNK = 1 << 16;
    private static final int SHA256_DIGITS = 64;

    private final Node node;
    private final Remote remote;
    private final WalCommands commands;
    private final Watchdog watch;

    WalPlacement(Node node, Remote remote, Watchdog watch) {
        this.node = node;
        this.remote = remote;
        this.commands = new WalCommands(node);
        this.watch = watch;
    }

    /// Where the bytes of a segment come from.
    @FunctionalInterface
    interface Source {

        /// Opens it; it passes on what comes to that program.
        WalStream to(Coprocess receiver) throws IOException;
    }

    /// Copies one segment.
    ///
    /// @param same how many bytes at its beginning the server has received
    /// @param idle asked before it takes its place
    void put(String name, Source source, boolean compressed, long size, long same, Runnable idle) throws IOException {
        var words = become(Stream.of(
                compressed ? "gzip" : "plain", commands.temporary(), commands.like(), commands.segment(name)));
        try (var receiver = watch.over(
                remote.start(Command.script(WalScripts.RECEIVE, words).timeout(LOOK)))) {
            String sum;
            try (var content = source.to(receiver)) {
                sum = digest(content, size);
                receiver.input().close();
            }
            var written = answer(receiver);
            if (!written.sum().equals(sum)) {
                throw new IOException("on %s %s is not what was sent".formatted(node.name(), commands.temporary()));
            }
            idle.run();
            place(name, same, written.there());
        } catch (IOException | RuntimeException e) {
            discard();
            watch.require();
            throw e;
        }
    }

    private static String digest(WalStream content, long size) throws IOException {
        var digest = sha256();
        var length = length(new DigestInputStream(content, digest));
        content.drain();
        if (length != size) {
            throw new IOException("%d bytes of a segment came, not %d. %s"
                    .formatted(length, size, content.complaint())
                    .strip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long length(InputStream content) throws IOException {
        var chunk = new byte[CHUNK];
        var length = 0L;
        for (var taken = content.read(chunk); taken >= 0; taken = content.read(chunk)) {
            length += taken;
        }
        return length;
    }

    /// The sums it prints once the segment is on disk.
    ///
    /// @param there of what lies where it is to be put, which may be nothing
    private record Written(String sum, String there) {}

    private Written answer(Coprocess receiver) throws IOException {
        var printed = new String(receiver.output().readAllBytes(), StandardCharsets.US_ASCII);
        while (receiver.isOpen()) {
            watch.require();
            Deadline.pause(PAUSE);
        }
        var sums = printed.lines().map(line -> line.split(" ", 2)[0]).toList();
        if (receiver.status().orElse(1) != 0
                || sums.size() != 2
                || sums.getFirst().length() != SHA256_DIGITS) {
            watch.require();
            throw new IOException("%s could not be written on %s: %s"
                    .formatted(commands.temporary(), node.name(), WalStream.complaint(receiver)));
        }
        return new Written(sums.getFirst(), sums.getLast());
    }

    private void place(String name, long same, String there) throws IOException {
        var words = become(Stream.of(
                commands.temporary(), commands.segment(name), commands.directory(), Long.toString(same), there));
        var ran = remote.run(Command.script(WalScripts.PLACE, words).timeout(watch.left()));
        switch (ran) {
            case Exited exited when exited.ok() -> {}
            case Exited exited
            when exited.status() == WalScripts.OTHER_BYTES ->
                throw new IOException("%s on %s begins with other bytes".formatted(name, node.name()));
            case Exited exited
            when exited.status() == WalScripts.WRITTEN_MEANWHILE ->
                throw new IOException("%s on %s was written to meanwhile".formatted(name, node.name()));
            case Exited exited ->
                throw new IOException("%s could not be put in its place on %s: %s"
                        .formatted(name, node.name(), exited.errorText().strip()));
            case Ran.Signalled _, Ran.NoAnswer _ ->
                throw new IOException("%s did not answer when %s was put in its place".formatted(node.name(), name));
        }
    }

    /// As good as it goes: PostgreSQL removes a file of that name when it starts.
    void discard() {
        remote.run(Command.script(WalScripts.DISCARD, become(Stream.of(commands.temporary())))
                .timeout(LOOK));
    }

    private String[] become(Stream<String> values) {
        return Stream.concat(values, remote.become(node.postgres().osUser()).stream())
                .toArray(String[]::new);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
