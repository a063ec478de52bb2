package io.heliosctl.pgbouncer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Clients that write one row after the other, each in a transaction of its own.
final class Writers implements AutoCloseable {

    private final AtomicInteger written = new AtomicInteger();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> all;
    private volatile boolean stopped;

    Writers(LoopbackPgbouncer bouncer, int count) {
        all = CompletableFuture.allOf(IntStream.range(0, count)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> write(bouncer), Together.THREADS))
                .toArray(CompletableFuture[]::new));
    }

    int written() {
        return written.get();
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    /// Until that many more rows are written.
    void awaitWrites(int more) {
        var goal = written.get() + more;
        Asking.await(
                Duration.ofSeconds(10),
                () -> written.get() >= goal,
                () -> new IllegalStateException("no more writes: " + errors));
    }

    @Override
    public void close() {
        stopped = true;
        all.join();
    }

    private void write(LoopbackPgbouncer bouncer) {
        try (var connection = bouncer.connect("app");
                var statement = connection.createStatement()) {
            while (!stopped) {
                statement.execute("insert into written default values");
                written.incrementAndGet();
            }
        } catch (SQLException e) {
            errors.add(e.getMessage());
        }
    }
}
