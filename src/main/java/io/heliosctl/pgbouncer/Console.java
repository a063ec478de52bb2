package io.heliosctl.pgbouncer;

import io.heliosctl.model.Pooler;
import io.heliosctl.model.Problem;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Coprocess;
import io.heliosctl.remote.Remote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// A psql on the pooler's host that stays connected to the console of one PgBouncer process. One answer takes
/// less than a millisecond there, where starting psql takes 20 to 50.
///
/// After a command that was not answered in time the console is of no use any more: a late answer would be
/// taken for the next one's. It is then closed, and its psql ended on the host.
final class Console implements AutoCloseable {

    /// psql is asked for by name before it is ended: the process ID could be another program's by now.
    private static final String END = """
            read -r name < "/proc/$1/comm" && [ "$name" = psql ] && kill "$1"
            exit 0
            """;

    private final Remote remote;
    private final String where;
    private final Coprocess psql;
    private final ErrorTail errors;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final PsqlFrame frame = PsqlFrame.random();
    private final ReentrantLock turn = new ReentrantLock();
    private final String pid;
    private volatile boolean broken;
    private volatile boolean ended;
    private volatile boolean closed;

    /// Starts psql; whether it could connect shows with the first answer.
    ///
    /// @throws io.heliosctl.model.ProblemException if psql cannot be started
    Console(Remote remote, Pooler pooler, String socketDir, Duration deadline) {
        this.remote = remote;
        this.where = pooler.name() + " (" + socketDir + ")";
        this.psql = remote.start(Psql.console(pooler, socketDir));
        this.errors = new ErrorTail(psql.errors());
        Thread.ofVirtual().start(this::read);
        try {
            this.pid = nextLine("start of psql", System.nanoTime() + deadline.toNanos());
        } catch (UnknownOutcomeException e) {
            psql.close();
            throw e;
        }
    }

    /// psql's process ID on the host, which PgBouncer shows as `remote_pid` of its client.
    String pid() {
        return pid;
    }

    boolean isUsable() {
        return !broken && !ended && !closed && psql.isOpen();
    }

    /// True once psql's output has come to its end.
    boolean hasEnded() {
        return ended;
    }

    /// Sends the commands in one write and reads their answers.
    ///
    /// @throws UnknownOutcomeException if an answer is missing: at the deadline, or because psql has ended
    List<Answer> ask(Duration deadline, ConsoleCommand... commands) {
        turn.lock();
        try {
            var end = System.nanoTime() + deadline.toNanos();
            send(commands);
            var answers = new ArrayList<Answer>();
            for (var command : commands) {
                answers.add(frame.answer(() -> nextLine(command.toString(), end)));
            }
            return answers;
        } catch (UnknownOutcomeException e) {
            broken = true;
            throw e;
        } finally {
            turn.unlock();
        }
    }

    /// Ends psql. If it waits for an answer it does not see the end of its input, so it is told by a signal.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if ((broken || turn.isLocked()) && psql.isOpen() && remote.isOpen()) {
            remote.run(Command.script(END, pid).timeout(Duration.ofSeconds(2)));
        }
        psql.close();
    }

    /// On a thread of its own, for a connection that takes no more bytes would hold the writer for ever.
    private void send(ConsoleCommand... commands) {
        var text = new StringBuilder();
        for (var command : commands) {
            text.append(frame.wrap(command));
        }
        Thread.ofVirtual().start(() -> {
            try {
                psql.input().write(text.toString().getBytes(StandardCharsets.UTF_8));
                psql.input().flush();
            } catch (IOException _) {
                lines.add(Optional.empty());
            }
        });
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(psql.output(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException | UncheckedIOException _) {
            // The connection broke, which the end of the lines says.
        }
        ended = true;
        lines.add(Optional.empty());
    }

    private String nextLine(String command, long end) {
        try {
            var line = lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw unanswered(command, "It took longer than it may.", "");
            }
            return line.orElseThrow(() -> unanswered(command, errors.text(), hint(errors.text())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unanswered(command, "Waiting for it was interrupted.", "");
        }
    }

    private UnknownOutcomeException unanswered(String command, String detail, String hint) {
        return new UnknownOutcomeException(Problem.error(
                        "console-no-answer", "no answer from the PgBouncer console of " + where + " to " + command)
                .detail(detail.isEmpty() ? "psql has ended." : detail)
                .hint(hint));
    }

    private static String hint(String error) {
        if (error.contains("No such file") || error.contains("refused")) {
            return "See whether PgBouncer runs, and whether pgbouncer.socket_dir and port are its own.";
        }
        return error.contains("FATAL")
                ? "Put the user into admin_users in pgbouncer.ini and let it log in: auth_file, or hba with peer."
                : "";
    }
}
