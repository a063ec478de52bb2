package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The way to one host: a [Connection], and another one once that is gone. A run that has lost a host must be
/// able to look at it again, since only looking settles what became of the commands that were not answered.
final class Line {

    /// After a dial that failed nobody dials again for that long: many ask at once.
    private static final Duration REST = Duration.ofSeconds(1);

    private final Supplier<CompletableFuture<Connection>> dial;
    private volatile Connection current;
    private final ReentrantLock dialling = new ReentrantLock();
    private Deadline rest = Deadline.in(Duration.ZERO);
    private String failure = "";
    private volatile boolean closed;

    /// @param dial starts a new connection, or joins in one that is being made or open
    Line(Connection first, Supplier<CompletableFuture<Connection>> dial) {
        this.current = first;
        this.dial = dial;
        first.join();
    }

    /// The connection, opened again if it is gone.
    ///
    /// @throws IOException if it cannot be opened by then
    Connection open(Deadline deadline) throws IOException {
        if (closed || current.isOpen()) {
            return current;
        }
        try {
            if (!dialling.tryLock(deadline.millis(), TimeUnit.MILLISECONDS)) {
                throw lost("no answer in time");
            }
            try {
                return again(deadline);
            } finally {
                dialling.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost("interrupted");
        }
    }

    private Connection again(Deadline deadline) throws IOException, InterruptedException {
        if (current.isOpen()) {
            return current;
        }
        if (!rest.hasPassed()) {
            throw lost(failure);
        }
        try {
            Connection next = dial.get().get(deadline.millis(), TimeUnit.MILLISECONDS);
            next.join();
            current.leave();
            current = next;
            return next;
        } catch (ExecutionException e) {
            failure = reason(e.getCause());
            rest = Deadline.in(REST);
            throw lost(failure);
        } catch (TimeoutException e) {
            throw lost("no answer in time");
        }
    }

    private static String reason(Throwable thrown) {
        return switch (thrown) {
            case ProblemException problem -> problem.problems().getFirst().message();
            case null -> "unknown";
            default -> Optional.ofNullable(thrown.getMessage()).orElseGet(thrown::toString);
        };
    }

    private static IOException lost(String why) {
        return new IOException("the connection was lost and cannot be opened again: " + why);
    }

    String user() {
        return current.user();
    }

    boolean isOpen() {
        return current.isOpen();
    }

    void close() {
        closed = true;
        current.leave();
    }

    @Override
    public String toString() {
        return current.toString();
    }
}
