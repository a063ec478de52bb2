package io.heliosctl.postgres;

import io.heliosctl.model.NodeName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Other sessions of a server (PostgreSQL manual, "pg_stat_activity" and "Server Signaling Functions").
final class Sessions {

    private static final String ASK = """
            select a.pid, a.usename, a.datname, a.application_name, a.client_port, a.backend_type,
              coalesce(r.rolsuper, true) as superuser, a.state, a.backend_start, a.xact_start,
              (extract(epoch from clock_timestamp() - a.xact_start) * 1000)::bigint as transaction_ms,
              (extract(epoch from clock_timestamp() - a.query_start) * 1000)::bigint as query_ms
            from pg_stat_activity a left join pg_roles r on r.oid = a.usesysid
            where a.pid = any(?)""";

    /// Looks again in the same statement: by then its process ID may be another one's.
    private static final String END = """
            select pg_terminate_backend(a.pid)
            from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
            where a.pid = ? and a.backend_start = ? and a.xact_start is not distinct from ?
              and a.backend_type = 'client backend' and not r.rolsuper and a.pid <> pg_backend_pid()""";

    private static final String MAY_END = "select pg_has_role('pg_signal_backend', 'usage')";

    /// The statement that ends a session, for people.
    static String shown() {
        return END.replaceAll("\\s+", " ");
    }

    private Sessions() {}

    /// Those of these that are there.
    static List<Session> of(NodeName node, Connection connection, Collection<Long> pids) throws SQLException {
        var numbers = pids.stream().map(Long::intValue).toArray(Integer[]::new);
        try (var statement = connection.prepareStatement(ASK)) {
            statement.setArray(1, connection.createArrayOf("int4", numbers));
            try (var result = statement.executeQuery()) {
                var sessions = new ArrayList<Session>();
                while (result.next()) {
                    sessions.add(session(node, result));
                }
                return sessions;
            }
        }
    }

    /// Ends a session, if it is still the one that was seen, and returns whether it was.
    static boolean end(Connection connection, Session session) throws SQLException {
        try (var statement = connection.prepareStatement(END)) {
            statement.setInt(1, (int) session.pid());
            statement.setObject(2, session.started().orElseThrow());
            if (session.transactionStarted().isPresent()) {
                statement.setObject(3, session.transactionStarted().get());
            } else {
                statement.setNull(3, Types.TIMESTAMP_WITH_TIMEZONE);
            }
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    static boolean mayEnd(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(MAY_END);
                var result = statement.executeQuery()) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static Session session(NodeName node, ResultSet result) throws SQLException {
        var row = new Row(result);
        var port = row.optionalNumber("client_port");
        return new Session(
                node,
                row.number("pid"),
                row.text("usename"),
                row.text("datname"),
                row.text("application_name"),
                port.isPresent() ? OptionalInt.of(port.get().intValue()) : OptionalInt.empty(),
                row.text("backend_type"),
                row.isTrue("superuser"),
                row.text("state"),
                time(result, "backend_start"),
                time(result, "xact_start"),
                row.optionalNumber("transaction_ms").map(Duration::ofMillis),
                row.optionalNumber("query_ms").map(Duration::ofMillis));
    }

    private static Optional<OffsetDateTime> time(ResultSet result, String column) throws SQLException {
        return Optional.ofNullable(result.getObject(column, OffsetDateTime.class));
    }
}
