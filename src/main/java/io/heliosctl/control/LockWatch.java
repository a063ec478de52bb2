package io.heliosctl.control;

import io.heliosctl.model.ProblemException;
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

/// A shell on a host that stays and tells, in one round trip, whose the lock is.
final class LockWatch implements AutoCloseable {

    private final Coprocess shell;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private long asked;

    private LockWatch(Coprocess shell) {
        this.shell = shell;
        Thread.ofVirtual().start(this::read);
    }

    /// @throws ProblemException if the host does not let it start
    static LockWatch start(Remote remote, Command command) {
        return new LockWatch(remote.start(command));
    }

    /// Asks once. Late answers to earlier questions are known by their number and passed over.
    synchronized Standing ask(Duration limit) {
        var question = Long.toString(++asked);
        var end = System.nanoTime() + limit.toNanos();
        try {
            send(question);
            for (var line = next(end); line.isPresent(); line = next(end)) {
                if (line.get().startsWith(question + " ")) {
                    return standing(line.get().substring(question.length() + 1));
                }
            }
            return new Standing.Unknown("it did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Standing.Unknown("asking was interrupted");
        }
    }

    private static Standing standing(String answer) {
        var space = answer.indexOf(' ');
        return switch (space < 0 ? answer : answer.substring(0, space)) {
            case "mine" -> new Standing.Mine();
            case "gone" -> new Standing.Gone();
            case "later", "other" ->
                new Standing.Taken(answer.substring(space + 1).strip());
            default -> new Standing.Unknown("it answered \"" + answer + "\"");
        };
    }

    /// On a thread of its own, for a connection that takes no more bytes would hold the writer for ever.
    private void send(String question) {
        Thread.ofVirtual().start(() -> {
            try {
                shell.input().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
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
