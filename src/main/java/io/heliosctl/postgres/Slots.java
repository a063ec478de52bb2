package io.heliosctl.postgres;

import io.heliosctl.document.Quoting;
import java.sql.Connection;
import java.sql.SQLException;

/// Physical replication slots (PostgreSQL manual, "Replication Slots"); the role needs the attribute
/// REPLICATION.
final class Slots {

    private static final String CREATE = """
            select pg_create_physical_replication_slot(?, true)
            where not exists (select from pg_replication_slots where slot_name = ?)""";

    private static final String DROP = """
            select pg_drop_replication_slot(slot_name) from pg_replication_slots
            where slot_name = ? and slot_type = 'physical' and not active""";

    private Slots() {}

    /// The statement that makes a slot, for people.
    static String shown(String name) {
        return CREATE.replace("?", Quoting.sql(name)).replaceAll("\\s+", " ");
    }

    /// Makes the slot unless it exists, and returns whether it did; it keeps WAL from now on.
    static boolean create(Connection connection, String name) throws SQLException {
        return changed(connection, CREATE, name, name);
    }

    /// Drops the slot if it is there, physical and unused, and returns whether it was.
    static boolean drop(Connection connection, String name) throws SQLException {
        return changed(connection, DROP, name);
    }

    private static boolean changed(Connection connection, String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var result = statement.executeQuery()) {
                return result.next();
            }
        }
    }
}
