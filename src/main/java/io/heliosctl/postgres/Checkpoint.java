package io.heliosctl.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Writes all dirty buffers to disk now; on a standby this is a restartpoint (PostgreSQL manual,
/// "CHECKPOINT").
final class Checkpoint {

    static final String MAKE = "checkpoint";

    private Checkpoint() {}

    /// Ends by the server's own time-out a little before the limit, so that there is an answer.
    static boolean make(Connection connection, Duration limit) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set statement_timeout = %d".formatted(Math.max(1, limit.toMillis() * 9 / 10)));
            statement.execute(MAKE);
            return statement.execute("reset statement_timeout");
        } catch (SQLException e) {
            // The connection is not used again with a time-out that is not its own.
            connection.close();
            throw e;
        }
    }
}
