package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.Problem;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// What a failed connection or statement means, in plain words (PostgreSQL manual, "PostgreSQL Error Codes").
final class SqlProblems {

    private SqlProblems() {}

    static Problem of(Node node, SQLException e) {
        var said = said(e);
        if (isTls(e)) {
            return Problem.error("tls-refused", "the TLS certificate of its port is not trusted")
                    .detail(said)
                    .hint("Check root_cert in the inventory, and that the certificate names %s."
                            .formatted(node.host()));
        }
        return switch (state(e)) {
            case "57P03" -> Problem.error("not-accepting", said);
            case "53300" ->
                Problem.error("too-many-connections", "too many connections")
                        .detail(said)
                        .hint("Reserve some for heliosctl: raise reserved_connections or max_connections.");
            case "28000", "28P01" ->
                Problem.error(
                                "login-refused",
                                "authentication failed for role \"%s\""
                                        .formatted(node.postgres().role()))
                        .detail(said)
                        .hint("Check pg_hba.conf and pg_ident.conf of " + node.name() + ".");
            case "3D000" ->
                Problem.error(
                        "no-database",
                        "database \"%s\" does not exist"
                                .formatted(node.postgres().database()));
            case "42501" ->
                Problem.error("permission-denied", said)
                        .hint("Grant role \"%s\" what sql/grants.sql lists."
                                .formatted(node.postgres().role()));
            case "57014" ->
                Problem.error("statement-timeout", "the statement took too long")
                        .detail(said);
            case "08001" ->
                Problem.error("not-listening", "nothing answers on its socket or port")
                        .detail(where(node))
                        .hint("See whether PostgreSQL runs on %s.".formatted(node.name()));
            default ->
                isBroken(e)
                        ? Problem.error("connection-broken", "the SQL connection broke")
                                .detail(said)
                        : Problem.error("sql-failed", said);
        };
    }

    private static boolean isTls(SQLException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SSLException || cause instanceof CertificateException);
    }

    /// True if the connection is gone, so that nobody knows whether the statement took effect.
    static boolean isBroken(SQLException e) {
        var state = state(e);
        return state.startsWith("08") || Set.of("57P01", "57P02", "57P05").contains(state);
    }

    /// The server says that it is shutting down. Only English servers are understood; of others nothing is
    /// assumed.
    static boolean isShuttingDown(SQLException e) {
        return state(e).equals("57P03") && said(e).contains("shutting down");
    }

    static boolean isNotInRecovery(SQLException e) {
        return state(e).equals("55000");
    }

    /// The driver speaks of localhost, whatever the connection goes through.
    private static String where(Node node) {
        var postgres = node.postgres();
        return postgres.connect() == PostgresSettings.Connect.SOCKET
                ? "It was tried at %s/.s.PGSQL.%d on %s.".formatted(postgres.socketDir(), postgres.port(), node.name())
                : "It was tried at %s port %d.".formatted(node.host(), postgres.port());
    }

    private static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }

    private static String said(SQLException e) {
        var message = Objects.requireNonNullElse(e.getMessage(), "no message");
        return message.lines().findFirst().orElse("").replaceFirst("^(FATAL|ERROR|PANIC): ", "");
    }
}
