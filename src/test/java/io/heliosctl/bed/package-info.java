/// The hosts test bed: Debian hosts booted with systemd in containers, with OpenSSH, sudo, PostgreSQL and
/// PgBouncer.
///
/// It is made, broken and judged with its own connections, by none of the program's code, so that it can
/// contradict it.
package io.heliosctl.bed;
