package io.heliosctl.bed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One PgBouncer of the bed.
///
/// @param host the host it runs on, which may also run PostgreSQL
public record BedPooler(String name, Host host, int port, BedSecrets secrets) {

    public static final String DIRECTORY = "/etc/pgbouncer";
    public static final String INI = DIRECTORY + "/pgbouncer.ini";
    public static final String UNIT = "pgbouncer";
    public static final String SOCKETS = "/var/run/postgresql";

    static final int PATIENCE_SECONDS = 30;
    private static final int SERVING_SECONDS = 3;

    /// A client's connection to the database `app`, over TCP.
    public Connection connect() throws SQLException {
        return connect(PATIENCE_SECONDS);
    }

    /// As [#connect()], where every wait ends after `seconds`.
    public Connection connect(int seconds) throws SQLException {
        return Sql.connect(host.address(), port, "app", "app", secrets.app(), seconds);
    }

    /// What the console answers to a SHOW command: each row by column name. The bed comes in as the process's
    /// own user, which PgBouncer lets in as `pgbouncer` without a password (PgBouncer manual, "Admin console").
    ///
    /// @throws IllegalStateException if the console does not answer
    public List<Map<String, String>> show(String what) {
        List<String> lines = console("SHOW " + what).lines().toList();
        List<Map<String, String>> rows = new ArrayList<>();
        String[] columns = lines.getFirst().split("\\|", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\\|", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < columns.length; column++) {
                row.put(columns[column], values[column]);
            }
            rows.add(row);
        }
        return rows;
    }

    /// Whether a query is answered within 3 seconds. PgBouncer 1.18 tells a global PAUSE nowhere: `paused` in
    /// SHOW DATABASES stays 0, and SHOW STATE came with 1.19.
    public boolean serves() {
        try (Connection connection = connect(SERVING_SECONDS)) {
            return Sql.rows(connection, "SELECT 1").equals(List.of("1"));
        } catch (SQLException e) {
            return false;
        }
    }

    /// Any command of the console, such as `PAUSE`.
    public String console(String command) {
        return host.succeed(
                "exec runuser -u postgres -- psql -XAq -F '|' -P footer=off -v ON_ERROR_STOP=1"
                        + " -h \"$1\" -p \"$2\" -U pgbouncer pgbouncer -c \"$3\"",
                SOCKETS,
                Integer.toString(port),
                command);
    }

    @Override
    public String toString() {
        return name;
    }
}
