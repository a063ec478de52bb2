package io.heliosctl.postgres;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Node;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Coprocess;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Ran.Exited;
import io.heliosctl.remote.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Puts WAL into a server's pg_wal, its bytes proved by SHA-256 once they are on disk. A whole segment is
/// written under another name, with the server's own mode, and takes its place by one rename. Where the server
/// has begun a segment, what it has received must be the same on the other host.
final class WalPlacement {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(2);

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

    /// Writes on a segment that the server has begun.
    void fill(WalCut cut, WalPart part) throws IOException {
        var words = become(Stream.of(
                WalScripts.form(part.compressed()),
                commands.segment(cut.name()),
                part.before(),
                Long.toString(cut.offset()),
                WalCommands.digits(cut.offset()),
                Long.toString(cut.length())));
        try (var receiver = start(WalScripts.FILL, words)) {
            var sum = sent(part, receiver);
            var written = answer(receiver, cut.name());
            if (written.size() != 1 || !written.getFirst().equals(sum)) {
                throw new IOException("%s on %s is not what was sent".formatted(cut.name(), node.name()));
            }
        }
    }

    /// Puts a whole segment in its place.
    ///
    /// @param idle asked before it takes its place
    void put(WalCut cut, WalPart part, Runnable idle) throws IOException {
        var words = become(Stream.of(
                WalScripts.form(part.compressed()),
                commands.temporary(),
                commands.like(),
                commands.segment(cut.name())));
        try (var receiver = start(WalScripts.RECEIVE, words)) {
            var sum = sent(part, receiver);
            var written = answer(receiver, commands.temporary());
            if (written.size() != 2 || !written.getFirst().equals(sum)) {
                throw new IOException("on %s %s is not what was sent".formatted(node.name(), commands.temporary()));
            }
            idle.run();
            place(cut.name(), written.getLast());
        } catch (IOException | RuntimeException e) {
            discard();
            throw e;
        }
    }

    private Coprocess start(String script, String[] words) throws IOException {
        return watch.over(remote.start(Command.script(script, words).timeout(LOOK)));
    }

    /// What ended on the other end says more than the pipe that broke.
    private static String sent(WalPart part, Coprocess receiver) throws IOException {
        try {
            var sum = part.sendTo(receiver.input());
            receiver.input().close();
            return sum;
        } catch (IOException e) {
            if (receiver.isOpen()) {
                throw e;
            }
            return "";
        }
    }

    /// The sums it prints once the bytes are on disk.
    ///
    /// @param written what it writes
    private List<String> answer(Coprocess receiver, String written) throws IOException {
        var printed = new String(receiver.output().readAllBytes(), StandardCharsets.US_ASCII);
        while (receiver.isOpen()) {
            watch.require();
            Deadline.pause(PAUSE);
        }
        var status = receiver.status().orElse(1);
        if (status == WalScripts.OTHER_BYTES) {
            throw new IOException("%s on %s begins with other bytes".formatted(written, node.name()));
        }
        if (status != 0) {
            watch.require();
            throw new IOException(
                    "%s could not be written on %s: %s".formatted(written, node.name(), WalStream.complaint(receiver)));
        }
        return printed.lines().map(line -> line.split(" ", 2)[0]).toList();
    }

    /// @param seen SHA-256 of what lay in its place, which may be nothing
    private void place(String name, String seen) throws IOException {
        var words = become(Stream.of(commands.temporary(), commands.segment(name), commands.directory(), seen));
        var ran = remote.run(Command.script(WalScripts.PLACE, words).timeout(watch.left()));
        switch (ran) {
            case Exited exited when exited.ok() -> {}
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
}
