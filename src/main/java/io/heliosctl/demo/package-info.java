/// A whole cluster on one machine, to try heliosctl on and to test it with: PostgreSQL servers, PgBouncers and
/// an SSH server on loopback addresses, without root and without services; and writers that notice what a
/// switchover does to clients.
package io.heliosctl.demo;
