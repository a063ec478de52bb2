package io.heliosctl.control;

import io.heliosctl.remote.Command;
import io.heliosctl.remote.Coprocess;
import io.heliosctl.remote.Remote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A shell on a host that stays and answers each line of input with one line: its number, and words. One
/// answer takes one round trip.
final class Dialogue implements AutoCloseable {

    /// What came back.
    ///
    /// @param text the answer without its number; empty if there was none
    /// @param silence why there was none
    record Reply(Optional<String> text, String silence) {}

    private final Coprocess shell;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private long asked;

    private Dialogue(Coprocess shell) {
        this.shell = shell;
        Thread.ofVirtual().start(this::read);
    }

    /// Starts the shell.
    ///
    /// @throws io.heliosctl.model.ProblemException if the host does not let it start
    static Dialogue start(Remote remote, Command command) {
        return new Dialogue(remote.start(command));
    }

    /// Asks once. Late answers to earlier questions are known by their number and passed over.
    ///
    /// @param words what stands behind the number in the line that is sent
    synchronized Reply ask(String words, Duration limit) {
        var number = Long.toString(++asked);
        var end = System.nanoTime() + limit.toNanos();
        try {
            send((number + " " + words).strip());
            for (var line = next(end); line.isPresent(); line = next(end)) {
                if (line.get().startsWith(number + " ")) {
                    return new Reply(Optional.of(line.get().substring(number.length() + 1)), "");
                }
            }
            return new Reply(Optional.empty(), "it did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply(Optional.empty(), "asking was interrupted");
        }
    }

    boolean isOpen() {
        return shell.isOpen();
    }

    /// On a thread of its own, for a connection that takes no more bytes would hold the writer for ever.
    private void send(String line) {
        Thread.ofVirtual().start(() -> {
            try {
                shell.input().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                shell.input().flush();
            } catch (IOException e) {
                lines.add(Optional.empty());
            }
        });
    }

    private Optional<String> next(long end) throws InterruptedException {
        var line = lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        return line == null ? Optional.empty() : line;
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(shell.output(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException | UncheckedIOException e) {
            // The connection broke, which the end of the lines says.
            lines.add(Optional.empty());
        }
        lines.add(Optional.empty());
    }

    @Override
    public void close() {
        shell.close();
    }
}
