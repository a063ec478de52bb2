package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Waits for a standby to replay what its pg_wal holds. A startup process that has come to the end of it looks
/// again only after `wal_retrieve_retry_interval`, 5 s unless configured; a reload wakes it (source of
/// PostgreSQL,
/// `WaitForWALToBecomeAvailable`).
record Replay(Node node, Sql sql, Runnable wake) {

    private static final String REPLAYED = "select pg_last_wal_replay_lsn()::text";

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration WAKE = Duration.ofMillis(250);

    void await(Lsn position, Duration limit) {
        var deadline = Deadline.in(limit);
        wake.run();
        var woken = System.nanoTime();
        var replayed = replayed();
        while (position.isPast(replayed)) {
            if (deadline.endsWaiting()) {
                throw new ProblemException(
                        Problem.error("not-replayed", "%s has not replayed what it was given".formatted(node.name()))
                                .detail("After %s it is at %s, and the end is %s."
                                        .formatted(Amounts.time(limit), replayed, position))
                                .hint("See the server log on %s for what replay waits for.".formatted(node.name())));
            }
            Deadline.pause(PAUSE);
            if (System.nanoTime() - woken > WAKE.toNanos()) {
                woken = System.nanoTime();
                wake.run();
            }
            replayed = replayed();
        }
    }

    private Lsn replayed() {
        return sql.read(ANSWER, Replay::ask);
    }

    private static Lsn ask(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(REPLAYED);
                var result = statement.executeQuery()) {
            result.next();
            var text = result.getString(1);
            return text == null ? new Lsn(0) : Lsn.parse(text);
        }
    }
}
