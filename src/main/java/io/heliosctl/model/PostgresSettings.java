package io.heliosctl.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The effective settings of one PostgreSQL server.
///
/// @param service systemd unit, such as `postgresql@15-main`; absent means pg_ctl starts and stops it
/// @param configFile `postgresql.conf` where it is not in the data directory; pg_ctl needs it to start
///     (Debian)
/// @param logFile where pg_ctl sends the server's output; only used without a service
/// @param osUser the operating system user that owns the server
/// @param role the database role heliosctl logs in as
/// @param connect how SQL reaches the server
/// @param rootCert on this machine: the certificates `connect: tcp` trusts; absent means libpq's
/// `~/.postgresql/root.crt`
/// @param passfile a password file on the hosts, put into `primary_conninfo` as `passfile=`
/// @param restoreCommand a template for `restore_command` on standbys
/// @param conninfo further parameters for `primary_conninfo`, such as `sslmode`, in the order written
public record PostgresSettings(
        int port,
        Optional<String> service,
        String dataDir,
        String binDir,
        String socketDir,
        Optional<String> configFile,
        Optional<String> logFile,
        String osUser,
        String role,
        String database,
        String replicationUser,
        Connect connect,
        Optional<Path> rootCert,
        Optional<String> passfile,
        Optional<String> restoreCommand,
        Map<String, String> conninfo) {

    public PostgresSettings {
        conninfo = Collections.unmodifiableMap(new LinkedHashMap<>(conninfo));
    }

    /// How SQL reaches a server.
    public enum Connect {
        /// Through the SSH connection to the server's Unix socket, with `peer` authentication.
        SOCKET,
        /// Directly to the server's TCP port, with verify-full TLS and a password.
        TCP
    }

    /// The path of a program that came with this server, such as `pg_ctl`.
    public String program(String name) {
        return binDir + "/" + name;
    }
}
