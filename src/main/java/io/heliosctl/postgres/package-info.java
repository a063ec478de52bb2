/// One PostgreSQL server: what it says of itself, and everything that is done to it. The only package that
/// knows SQL.
///
/// SQL goes over the SSH connection to the server's own Unix socket; commands are exact argument vectors
/// ([Programs]), each of which `heliosctl inventory sudoers` prints.
package io.heliosctl.postgres;
