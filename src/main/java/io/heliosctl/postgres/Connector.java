package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.PostgresSettings.Connect;
import io.heliosctl.model.Secret;
import io.heliosctl.remote.Remote;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.postgresql.Driver;

/// Opens SQL connections to one server, through its host's SSH connection or, where asked for, directly by
/// TCP.
final class Connector implements AutoCloseable {

    /// No statement of ours waits for a lock that long; what takes longer sets its own `statement_timeout`. The
    /// search path keeps functions of the site's own from being called in place of the system's.
    private static final String OPTIONS =
            "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
                    + " -c search_path=pg_catalog -c default_transaction_read_only=off";

    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

    private final Node node;
    private final Supplier<Optional<Secret>> password;
    private final String token;

    Connector(Node node, Remote remote, Supplier<Optional<Secret>> password) {
        this.node = node;
        this.password = password;
        var path = node.postgres().socketDir() + "/.s.PGSQL." + node.postgres().port();
        this.token = UnixSocketFactory.register(() -> remote.openUnixSocket(path, SOCKET_TIMEOUT));
    }

    /// A new connection.
    ///
    /// @param limit how long connecting and logging in may take together; a connection that answers nothing for
    ///     longer than a call allows is broken off by [Sql]
    Connection open(Duration limit) throws SQLException {
        return open(limit, new Properties());
    }

    /// A new connection to a walsender, which understands replication commands (PostgreSQL manual, "Streaming
    /// Replication Protocol"). It asks for a database, so that the lines of pg_hba.conf for all other
    /// connections let it in. The role needs REPLICATION.
    Connection openWalSender(Duration limit) throws SQLException {
        var replication = new Properties();
        replication.setProperty("replication", "database");
        replication.setProperty("preferQueryMode", "simple");
        return open(limit, replication);
    }

    private Connection open(Duration limit, Properties properties) throws SQLException {
        var postgres = node.postgres();
        var seconds = Long.toString(Math.max(1, limit.toSeconds()));
        properties.setProperty("user", postgres.role());
        properties.setProperty("ApplicationName", "heliosctl");
        properties.setProperty("assumeMinServerVersion", "9.6");
        properties.setProperty("options", OPTIONS);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("tcpKeepAlive", "true");
        var host = "localhost";
        if (postgres.connect() == Connect.SOCKET) {
            properties.setProperty("sslmode", "disable");
            properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
            properties.setProperty("socketFactoryArg", token);
        } else {
            host = node.host().contains(":") ? "[" + node.host() + "]" : node.host();
            properties.setProperty("sslmode", "verify-full");
            postgres.rootCert().ifPresent(file -> properties.setProperty("sslrootcert", file.toString()));
            password.get().ifPresent(secret -> secret.reveal(text -> properties.setProperty("password", text)));
        }
        properties.setProperty("PGDBNAME", postgres.database());
        return new Driver().connect("jdbc:postgresql://%s:%d/".formatted(host, postgres.port()), properties);
    }

    @Override
    public void close() {
        UnixSocketFactory.forget(token);
    }
}
