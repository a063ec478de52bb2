package io.heliosctl.pgbouncer;

import java.util.List;

/// What a PgBouncer console said to one command.
sealed interface Answer {

    /// Done; commands other than SHOW have no rows.
    record Table(List<Row> rows) implements Answer {
        public Table {
            rows = List.copyOf(rows);
        }
    }

    /// The command failed.
    ///
    /// @param sqlState PgBouncer says `08P01` to nearly everything
    /// @param message free of control characters
    record Refused(String sqlState, String message) implements Answer {}
}
