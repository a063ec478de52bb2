package io.heliosctl.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/// How a standby gets WAL at this moment.
///
/// @param segmentSize `wal_segment_size` in bytes
/// @param receiving whether its walreceiver is connected, and so may write to the last segment
public record WalIntake(long segmentSize, boolean receiving) {

    private static final String ASK = """
            select pg_size_bytes(current_setting('wal_segment_size')) as segment_size,
              exists (select from pg_stat_wal_receiver) as receiving""";

    static WalIntake ask(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ASK);
                var result = statement.executeQuery()) {
            result.next();
            return new WalIntake(result.getLong("segment_size"), result.getBoolean("receiving"));
        }
    }
}
