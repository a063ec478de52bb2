/// One PgBouncer: its console, its configuration files, PAUSE and RESUME, and the proof of where clients are
/// led.
package io.heliosctl.pgbouncer;
