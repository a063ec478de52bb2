package io.heliosctl.pgbouncer;

import io.heliosctl.model.PoolerName;
import java.util.OptionalInt;

/// A server connection that a client holds: what PAUSE waits for.
///
/// @param process the PgBouncer process, as messages call it
/// @param pid the process ID of the backend at the other end (`remote_pid`)
/// @param localPort the TCP port it comes from, which the server sees; empty for a Unix socket
/// @param link tells the client that holds it from all others of that process
/// @param client where that client comes from; empty if it was gone when it was asked for
public record ServerInUse(
        PoolerName pooler,
        String process,
        String database,
        String user,
        long pid,
        OptionalInt localPort,
        String link,
        String client) {

    /// True if the same client still holds the same connection.
    public boolean isHeldAs(ServerInUse other) {
        return process.equals(other.process) && pid == other.pid && link.equals(other.link);
    }
}
