package io.heliosctl.pgbouncer;

import java.util.OptionalInt;

/// A connection of a PgBouncer process to a server, as `SHOW SERVERS` has it.
///
/// @param state `active` where a client holds it, `idle`, `used`, `login` and others
/// @param address where it leads, `unix` for a Unix socket
/// @param closing it is closed as soon as nobody holds it (`close_needed`): it leads where the database led before
/// @param pid the process ID of the backend at the other end (`remote_pid`)
/// @param localPort the TCP port it comes from, which the server sees; empty for a Unix socket
public record ServerConnection(
        String database, String state, String address, int port, boolean closing, long pid, OptionalInt localPort) {

    static ServerConnection of(Row row) {
        return new ServerConnection(
                Words.clean(row.text("database")),
                row.text("state"),
                row.text("addr"),
                (int) row.number("port"),
                row.isSet("close_needed"),
                row.number("remote_pid"),
                row.text("addr").equals("unix") ? OptionalInt.empty() : OptionalInt.of((int) row.number("local_port")));
    }

    /// True if a client holds it.
    public boolean isActive() {
        return state.equals("active");
    }
}
