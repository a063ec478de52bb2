package io.heliosctl.bed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// The bed's own way to a server: pgjdbc over TCP, with a password.
final class Sql {

    private Sql() {}

    /// A connection that is in no doubt for long: every wait ends after `seconds`.
    static Connection connect(String address, int port, String database, String user, String password, int seconds)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", Integer.toString(seconds));
        properties.setProperty("socketTimeout", Integer.toString(seconds));
        // PgBouncer before 1.21 does not know prepared statements in transaction pooling.
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("ApplicationName", "bed");
        return DriverManager.getConnection("jdbc:postgresql://" + address + ":" + port + "/" + database, properties);
    }

    /// Every row, its columns as text joined by `|`; NULL is the empty text.
    static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String value = result.getString(column);
                    row.add(value == null ? "" : value);
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
