package io.heliosctl.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// Connections of a client: by TCP, with a password.
final class Sql {

    private Sql() {}

    /// @throws SQLException if the server does not let it in, or does not answer within 5 s
    static Connection connect(Member member, String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "heliosctl demo");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "120");
        // PgBouncer in transaction mode knows no prepared statements before 1.21.
        properties.setProperty("prepareThreshold", "0");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + member.address() + ":" + member.port() + "/" + database, properties);
    }

    static List<List<String>> rows(Connection connection, String statement) throws SQLException {
        try (Statement run = connection.createStatement()) {
            List<List<String>> rows = new ArrayList<>();
            if (run.execute(statement)) {
                try (ResultSet result = run.getResultSet()) {
                    while (result.next()) {
                        rows.add(row(result));
                    }
                }
            }
            return rows;
        }
    }

    private static List<String> row(ResultSet result) throws SQLException {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            String value = result.getString(column);
            row.add(value == null ? "" : value);
        }
        return List.copyOf(row);
    }
}
