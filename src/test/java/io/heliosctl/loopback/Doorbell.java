package io.heliosctl.loopback;

import io.heliosctl.demo.LoopbackPooler;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A client that comes to a pooler and wants to write one row: where clients are held it waits as they do, and
/// where they are turned away it comes again. When it is let in tells how long nobody was served.
final class Doorbell {

    private static final long AGAIN_NANOS = 50_000_000;

    private final LoopbackPooler pooler;
    private final long rung = System.nanoTime();
    private final CompletableFuture<Long> answered = new CompletableFuture<>();
    private volatile boolean left;
    private volatile String turnedAway = "";

    private Doorbell(LoopbackPooler pooler) {
        this.pooler = pooler;
    }

    static Doorbell ring(LoopbackPooler pooler) {
        var bell = new Doorbell(pooler);
        Thread.ofVirtual().start(bell::stand);
        return bell;
    }

    private void stand() {
        while (!left && !answered.isDone()) {
            try (var client = pooler.connect();
                    var statement = client.createStatement()) {
                statement.execute("CREATE TEMP TABLE rung () ON COMMIT DROP");
                answered.complete(System.nanoTime());
            } catch (SQLException e) {
                turnedAway = String.valueOf(e.getMessage());
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    /// Waits until it is let in.
    ///
    /// @param limit counted from when it came
    /// @param mayBeTurnedAway whether an error from behind the pooler will do: then it was not held at least
    /// @return what is wrong: it was not let in by then
    Optional<String> complaint(Duration limit, boolean mayBeTurnedAway) {
        try {
            var left = rung + limit.toNanos() - System.nanoTime();
            answered.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            if (mayBeTurnedAway && !turnedAway.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of("%s lets a client write within %s; %s"
                    .formatted(pooler.name(), limit, turnedAway.isEmpty() ? "it waits" : turnedAway));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            left = true;
        }
    }

    /// How long it stood there, once it was let in.
    Duration waited() {
        return Duration.ofNanos(answered.getNow(System.nanoTime()) - rung);
    }
}
