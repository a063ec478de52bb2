package io.heliosctl.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/// One client that inserts numbered rows, one after the other.
final class Writer implements Runnable {

    private static final Duration RETRY = Duration.ofMillis(50);

    private final LoopbackPooler pooler;
    private final String run;
    private final int number;
    private final Duration pause;
    private final BitSet promised = new BitSet();

    private volatile boolean finished;
    private volatile Connection connection;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile String firstError = "";
    private volatile long longestNanos;
    private int next;
    private long last = System.nanoTime();

    Writer(LoopbackPooler pooler, String run, int number, Duration pause) {
        this.pooler = pooler;
        this.run = run;
        this.number = number;
        this.pause = pause;
    }

    @Override
    public void run() {
        while (!finished) {
            try (Connection open = pooler.connect()) {
                connection = open;
                insert(open);
            } catch (SQLException e) {
                failed(e);
            }
        }
        // A wait that had no end counts too.
        longestNanos = Math.max(longestNanos, System.nanoTime() - last);
    }

    private void insert(Connection open) throws SQLException {
        try (PreparedStatement insert =
                open.prepareStatement("INSERT INTO demo_written (run, writer, seq) VALUES (?, ?, ?)")) {
            insert.setString(1, run);
            insert.setInt(2, number);
            while (!finished) {
                // A failed one may be there or not; its number is never used again.
                int seq = next++;
                insert.setLong(3, seq);
                insert.executeUpdate();
                promise(seq);
                rest(pause);
            }
        }
    }

    private void promise(int seq) {
        long now = System.nanoTime();
        // The first one waited for a connection to be made as well, which is nobody's doing.
        longestNanos = promised.isEmpty() ? 0 : Math.max(longestNanos, now - last);
        promised.set(seq);
        last = now;
        acknowledged.incrementAndGet();
    }

    private void failed(SQLException e) {
        if (finished) {
            return;
        }
        errors.incrementAndGet();
        if (firstError.isEmpty()) {
            firstError = e.getMessage().lines().findFirst().orElse(e.toString());
        }
        rest(RETRY);
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends it after the row it is about.
    void finish() {
        finished = true;
    }

    /// Closes its connection under it.
    void cutOff() {
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone then, which is what was asked for.
                finished = true;
            }
        }
    }

    int number() {
        return number;
    }

    /// The numbers it was told are committed; to be read when it has ended.
    BitSet promised() {
        return promised;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long errors() {
        return errors.get();
    }

    String firstError() {
        return firstError;
    }

    Duration longestWait() {
        return Duration.ofNanos(longestNanos);
    }
}
