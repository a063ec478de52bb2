package io.heliosctl.bed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// One client: connects, inserts its next row, and again. A row is *acknowledged*; or it *failed*, when the
/// server said so and the connection lives; or nobody knows, and it may be there or not.
final class Writer implements Runnable {

    private static final String INSERT = "INSERT INTO written (run, writer, seq) VALUES (?, ?, ?)";
    private static final Duration BEFORE_RECONNECT = Duration.ofMillis(10);

    private final String run;
    private final int number;
    private final BedPooler pooler;
    private final int patience;
    private final BitSet acknowledged = new BitSet();
    private final BitSet failed = new BitSet();
    private final List<String> errors = new ArrayList<>();
    private int next;
    private long lastAcknowledged;
    private long longestWait;
    private long servedAgain;
    private volatile boolean stopping;

    Writer(String run, int number, BedPooler pooler, int patience) {
        this.run = run;
        this.number = number;
        this.pooler = pooler;
        this.patience = patience;
    }

    @Override
    public void run() {
        while (!stopping) {
            try (Connection connection = pooler.connect(patience);
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, run);
                insert.setInt(2, number);
                while (!stopping && insertNext(insert)) {}
            } catch (SQLException e) {
                note(e);
                Await.pause(BEFORE_RECONNECT);
            }
        }
        if (acknowledged() > 0) {
            measure(false);
        }
    }

    /// Inserts the next row; false if the connection is not to be used again.
    private boolean insertNext(PreparedStatement insert) throws SQLException {
        int seq = take();
        insert.setLong(3, seq);
        try {
            insert.executeUpdate();
        } catch (SQLException e) {
            note(e);
            if (refused(e)) {
                mark(failed, seq);
                return true;
            }
            return false;
        }
        // "canceling wait for synchronous replication" is only a warning; the row may be lost in a failover.
        if (insert.getWarnings() != null) {
            note(insert.getWarnings());
            insert.clearWarnings();
            return true;
        }
        mark(acknowledged, seq);
        measure(true);
        return true;
    }

    private void measure(boolean served) {
        long now = System.nanoTime();
        synchronized (this) {
            if (lastAcknowledged != 0 && now - lastAcknowledged > longestWait) {
                longestWait = now - lastAcknowledged;
                servedAgain = served ? now : 0;
            }
            lastAcknowledged = now;
        }
    }

    /// An error that leaves the connection open ended the transaction; anything else leaves the row in doubt.
    private static boolean refused(SQLException error) {
        ServerErrorMessage message = error instanceof PSQLException told ? told.getServerErrorMessage() : null;
        return message != null && "ERROR".equals(message.getSeverity());
    }

    private synchronized int take() {
        return next++;
    }

    private synchronized void mark(BitSet rows, int seq) {
        rows.set(seq);
    }

    private synchronized void note(SQLException error) {
        errors.add(error.getSQLState() + " " + error.getMessage());
    }

    synchronized long acknowledged() {
        return acknowledged.cardinality();
    }

    synchronized WriterLog log() {
        return new WriterLog(
                number,
                pooler.name(),
                next,
                (BitSet) acknowledged.clone(),
                (BitSet) failed.clone(),
                errors,
                Duration.ofNanos(longestWait),
                servedAgain);
    }

    void stop() {
        stopping = true;
    }
}
