package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Proves that a standby has received everything a stopped primary ever wrote.
final class Receipt {

    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /// Received and flushed, or replayed from the archive: either way it is on this server's disk.
    private static final String RECEIVED = "select greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::text";

    private static final String SAME_HISTORY = """
            select (select system_identifier from pg_control_system())::text as system_id,
              pg_size_bytes(current_setting('wal_segment_size')) as segment_size,
              array(select array[name] from pg_ls_waldir()) as files""";

    private final Node node;
    private final Sql sql;

    Receipt(Node node, Sql sql) {
        this.node = node;
        this.sql = sql;
    }

    Lsn received(Duration limit) {
        return sql.read(limit, Receipt::received);
    }

    /// Waits until the position received lies past the shutdown checkpoint's begin, then checks that it lies
    /// there on the same timeline of the same system: a position alone means nothing after the paths have
    /// parted.
    LsnProof await(StopProof stop, Duration limit) {
        var deadline = Deadline.in(limit);
        var received = received(ANSWER);
        while (!received.isPast(stop.checkpoint())) {
            if (deadline.endsWaiting()) {
                throw missing(stop, received, limit);
            }
            Deadline.pause(PAUSE);
            received = received(ANSWER);
        }
        requireSameHistory(stop, received);
        return new LsnProof(node.name(), received, stop);
    }

    private void requireSameHistory(StopProof stop, Lsn received) {
        var known = sql.read(ANSWER, connection -> knows(connection, stop));
        if (!known) {
            throw new ProblemException(Problem.error(
                            "other-history",
                            "%s received WAL of another timeline than %s".formatted(node.name(), stop.node()))
                    .detail("It received %s, but has no WAL file of timeline %s that holds %s."
                            .formatted(received, stop.timeline(), stop.checkpoint())));
        }
    }

    /// Only a server that followed this timeline has the file that the checkpoint record is in.
    private static boolean knows(Connection connection, StopProof stop) throws SQLException {
        try (var statement = connection.prepareStatement(SAME_HISTORY);
                var result = statement.executeQuery()) {
            result.next();
            var row = new Row(result);
            var size = row.optionalNumber("segment_size").orElseThrow();
            var file = WalSegment.name(stop.timeline(), stop.checkpoint(), size);
            return row.text("system_id").equals(stop.systemId().value())
                    && row.rows("files").stream()
                            .anyMatch(cells -> cells.text(0).equals(file));
        }
    }

    private static Lsn received(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(RECEIVED);
                var result = statement.executeQuery()) {
            result.next();
            var text = result.getString(1);
            return text == null ? new Lsn(0) : Lsn.parse(text);
        }
    }

    private ProblemException missing(StopProof stop, Lsn received, Duration limit) {
        return new ProblemException(Problem.error(
                        "wal-missing", "%s has not received everything of %s".formatted(node.name(), stop.node()))
                .detail("After %s it has received %s and needs more than %s: at least %s is missing."
                        .formatted(
                                Amounts.time(limit),
                                received,
                                stop.checkpoint(),
                                Amounts.bytes(received.bytesBehind(stop.checkpoint()) + 1)))
                .hint("See the server log on %s for why its walreceiver does not go on.".formatted(node.name())));
    }
}
