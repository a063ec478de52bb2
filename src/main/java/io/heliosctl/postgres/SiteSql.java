package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A text of the site's own, sent over a connection that is closed afterwards.
final class SiteSql {

    /// More rows than that are no answer for a runbook.
    private static final int MOST_ROWS = 1000;

    private SiteSql() {}

    static List<Map<String, Object>> send(
            Node node, Connector connector, String text, boolean readOnly, Duration limit) {
        var sent = false;
        try (var connection = connector.open(limit)) {
            prepare(connection, readOnly, limit);
            sent = true;
            var rows = rows(connection, text);
            if (readOnly) {
                connection.rollback();
            }
            return rows;
        } catch (SQLException e) {
            var problem = SqlProblems.of(node, e);
            if (sent && !readOnly && SqlProblems.isBroken(e)) {
                throw new UnknownOutcomeException(
                        Problem.error("no-answer", "the SQL was sent to %s and not answered".formatted(node.name()))
                                .detail(problem.message())
                                .hint("Look on the server whether it still runs; a larger timeout may help."));
            }
            throw new ProblemException(problem, e);
        }
    }

    /// As in a session of psql: the site's own search path, and no limit but the step's.
    private static void prepare(Connection connection, boolean readOnly, Duration limit) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET search_path = \"$user\", public; SET lock_timeout = 0; SET statement_timeout = "
                    + limit.toMillis());
        }
        // The server's limit comes first; this one is for a server that no longer answers.
        connection.setNetworkTimeout(Runnable::run, (int)
                Math.min(Integer.MAX_VALUE, limit.plusSeconds(1).toMillis()));
        if (readOnly) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
        }
    }

    private static List<Map<String, Object>> rows(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(MOST_ROWS);
            var hasRows = statement.execute(text);
            while (!hasRows && statement.getUpdateCount() != -1) {
                hasRows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
            }
            return hasRows ? rows(statement.getResultSet()) : List.of();
        }
    }

    private static List<Map<String, Object>> rows(ResultSet result) throws SQLException {
        var rows = new ArrayList<Map<String, Object>>();
        var columns = result.getMetaData();
        while (result.next()) {
            var row = new LinkedHashMap<String, Object>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), plain(result.getObject(i), result.getString(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    /// Numbers and truth values as such, all else as PostgreSQL writes it.
    private static Object plain(Object value, String text) {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Integer number -> number.longValue();
            case Long number -> number;
            case Short number -> number.longValue();
            case Double number when Double.isFinite(number) -> number;
            case Float number when Float.isFinite(number) -> number.doubleValue();
            case BigDecimal number
            when number.stripTrailingZeros().scale() <= 0 && number.precision() <= 18 -> number.longValueExact();
            case BigDecimal number -> number.doubleValue();
            default -> text;
        };
    }
}
