package io.heliosctl.pgbouncer;

import java.util.Optional;

/// Where a write through one PgBouncer process arrived.
///
/// @param socketDir of the process
/// @param address the server's, as the server itself sees it (`inet_server_addr`); absent if PgBouncer reached
///     it by a Unix socket, so on its own host
/// @param port the server's
public record Landed(String socketDir, Optional<String> address, int port, boolean inRecovery) {}
