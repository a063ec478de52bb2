package io.heliosctl.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/// Clients that write through the poolers while a cluster is being worked on, and remember what they were
/// promised.
///
/// Each inserts rows one by one, in autocommit, as fast as it can. A row that was acknowledged must be found at
/// the end.
public final class Writers {

    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS demo_written (run text, writer int, seq bigint, at timestamptz DEFAULT now())";

    private final LoopbackCluster cluster;
    private final String run = UUID.randomUUID().toString();
    private final List<Writer> writers;
    private final List<Thread> threads;
    private final long started = System.nanoTime();

    private Writers(LoopbackCluster cluster, int count, Duration pause) {
        this.cluster = cluster;
        List<LoopbackPooler> poolers = cluster.poolers();
        this.writers = IntStream.range(0, count)
                .mapToObj(i -> new Writer(poolers.get(i % poolers.size()), run, i, pause))
                .toList();
        this.threads = writers.stream()
                .map(writer -> Thread.ofVirtual().name("writer").start(writer))
                .toList();
    }

    /// Makes the table where it is missing and starts the writers, spread over the poolers.
    ///
    /// @param pause between two rows of one writer
    /// @throws SQLException if the table cannot be made
    public static Writers start(LoopbackCluster cluster, int count, Duration pause) throws SQLException {
        try (var connection = cluster.poolers().getFirst().connect()) {
            Sql.rows(connection, TABLE);
        }
        return new Writers(cluster, count, pause);
    }

    /// How many rows have been acknowledged so far.
    public long acknowledged() {
        return writers.stream().mapToLong(Writer::acknowledged).sum();
    }

    /// What came of it.
    ///
    /// @param acknowledged rows that a writer was told are committed
    /// @param errors statements or connections that failed
    /// @param firstError what the first one said; empty if there was none
    /// @param longestWait the longest time one writer had to wait from one acknowledgement to the next
    /// @param lost acknowledged rows that the primary does not have; it must be 0
    /// @param over how long they wrote
    public record Report(
            long acknowledged, long errors, String firstError, Duration longestWait, long lost, Duration over) {

        /// Three lines for people.
        public List<String> lines() {
            return List.of(
                    String.format(Locale.ROOT, "longest wait  %d ms", longestWait.toMillis()),
                    "errors        " + errors + (errors == 0 ? "" : ", the first: " + firstError),
                    String.format(Locale.ROOT, "lost rows     %d of %,d acknowledged", lost, acknowledged));
        }
    }

    /// Stops the writers and looks for every acknowledged row on the node that is primary now.
    ///
    /// @throws SQLException if the rows cannot be read
    /// @throws IllegalStateException if there is not exactly one primary
    public Report stop() throws SQLException {
        writers.forEach(Writer::finish);
        for (int i = 0; i < threads.size(); i++) {
            join(threads.get(i), writers.get(i));
        }
        Duration over = Duration.ofNanos(System.nanoTime() - started);
        Written found = Written.read(cluster.primary(), run);
        return new Report(
                acknowledged(),
                writers.stream().mapToLong(Writer::errors).sum(),
                writers.stream()
                        .map(Writer::firstError)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""),
                writers.stream()
                        .map(Writer::longestWait)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO),
                writers.stream()
                        .mapToLong(writer -> found.missing(writer.number(), writer.promised()))
                        .sum(),
                over);
    }

    /// One that waits in a pooler still gets its answer or is cut off; then its last row is in doubt, not
    /// promised.
    private static void join(Thread thread, Writer writer) {
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                writer.cutOff();
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
