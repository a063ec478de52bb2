package io.heliosctl.bed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// Asks every server every 50 ms, past the poolers and each by a thread of its own, whether it is in recovery,
/// and where it says no, writes a row. What was written where and when tells whether there were ever two.
public final class WriteSampler implements AutoCloseable {

    private static final long EVERY_NANOS = 50_000_000;
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS sampled (node text, at timestamptz DEFAULT now())";

    /// A row that a server has accepted, and when, by the clock that all servers here share.
    private record Accepted(String node, long micros) {}

    private final ConcurrentLinkedQueue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean finished;

    private WriteSampler() {}

    /// A way to one server, past the poolers.
    @FunctionalInterface
    public interface Door {
        Connection open() throws SQLException;
    }

    /// Tries to write on every node at that interval.
    ///
    /// @param servers by their names
    public static WriteSampler start(Map<String, Door> servers) {
        var sampler = new WriteSampler();
        servers.forEach(
                (name, door) -> sampler.threads.add(Thread.ofVirtual().start(() -> sampler.sample(name, door))));
        return sampler;
    }

    private void sample(String name, Door door) {
        while (!finished) {
            try (var connection = door.open()) {
                apart(connection);
                while (!finished) {
                    var begun = System.nanoTime();
                    write(connection, name);
                    LockSupport.parkNanos(EVERY_NANOS - (System.nanoTime() - begun));
                }
            } catch (SQLException e) {
                // It is down, or on its way there: that is no write.
                LockSupport.parkNanos(EVERY_NANOS);
            }
        }
    }

    /// Whether a server can write is asked, not whether others have what it wrote.
    private static void apart(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = local");
        }
    }

    private void write(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("SELECT pg_is_in_recovery()")) {
                if (!rows.next() || rows.getBoolean(1)) {
                    return;
                }
            }
            statement.execute(TABLE);
            try (var rows = statement.executeQuery("INSERT INTO sampled (node) VALUES ('" + name
                    + "') RETURNING (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")) {
                if (rows.next()) {
                    accepted.add(new Accepted(name, rows.getLong(1)));
                }
            }
        }
    }

    /// Stops, and tells the servers that accepted writes, in order. Once another has accepted one, no earlier
    /// one may do so again: then it is in the list twice.
    public List<String> writableInOrder() {
        close();
        var order = new ArrayList<String>();
        accepted.stream().sorted(Comparator.comparingLong(Accepted::micros)).forEach(each -> {
            if (order.isEmpty() || !order.getLast().equals(each.node())) {
                order.add(each.node());
            }
        });
        return order;
    }

    @Override
    public void close() {
        finished = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
