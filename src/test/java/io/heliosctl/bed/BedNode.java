package io.heliosctl.bed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// One PostgreSQL server of the bed, with connections of the bed's own superuser.
///
/// @param host the host it runs on, which has the same name
public record BedNode(Host host, BedSecrets secrets) {

    public static final int PORT = 5432;
    public static final String MAJOR = BedImage.major();
    public static final String DATA = "/var/lib/postgresql/%s/main".formatted(MAJOR);
    public static final String CONFIG = "/etc/postgresql/%s/main".formatted(MAJOR);
    public static final String BIN = "/usr/lib/postgresql/%s/bin".formatted(MAJOR);
    public static final String UNIT = "postgresql@%s-main".formatted(MAJOR);

    private static final int PATIENCE_SECONDS = 10;

    public String name() {
        return host.name();
    }

    /// A connection to that database over TCP, as a superuser.
    public Connection connect(String database) throws SQLException {
        return connect(database, PATIENCE_SECONDS);
    }

    /// The same, where every wait ends after `seconds`.
    public Connection connect(String database, int seconds) throws SQLException {
        return Sql.connect(host.address(), PORT, database, "bed", secrets.checker(), seconds);
    }

    /// The rows of a query in the database `app`, columns joined by `|`.
    ///
    /// @throws SQLException also if the server is not there
    public List<String> query(String query) throws SQLException {
        try (Connection connection = connect("app")) {
            return Sql.rows(connection, query);
        }
    }

    /// The single value of a query, which must be answered.
    public String ask(String query) {
        try {
            return query(query).getFirst();
        } catch (SQLException e) {
            throw new IllegalStateException(name() + ": " + e.getMessage(), e);
        }
    }

    /// A statement without a result, which must succeed.
    public void execute(String statement) {
        try (Connection connection = connect("app");
                var execution = connection.createStatement()) {
            execution.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(name() + ": " + e.getMessage(), e);
        }
    }

    public boolean inRecovery() {
        return ask("SELECT pg_is_in_recovery()").equals("t");
    }

    @Override
    public String toString() {
        return name();
    }
}
