package io.heliosctl.pgbouncer;

import io.heliosctl.remote.Command;
import io.heliosctl.remote.LocalRemote;
import io.heliosctl.remote.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/// A real PostgreSQL on this machine. It listens on 127.0.0.1 and 127.0.0.2, which stand for two servers: a
/// client can ask which of them it reached.
final class LoopbackPostgres implements AutoCloseable {

    private static final String START = """
            set -e
            directory=$(mktemp -d /tmp/heliosctl-test-XXXXXX)
            bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
            "$bin/initdb" -D "$directory/data" -A trust -U postgres --no-sync >/dev/null
            cat >> "$directory/data/postgresql.conf" <<END
            port = $1
            listen_addresses = '127.0.0.1,127.0.0.2'
            unix_socket_directories = '$directory'
            fsync = off
            END
            "$bin/pg_ctl" -D "$directory/data" -w -t 30 -l "$directory/log" start >/dev/null
            "$bin/psql" -X -q -h "$directory" -p "$1" -U postgres -d postgres \\
              -c 'create role heliosctl login; create role app login; create table written (id serial primary key);' \\
              -c 'grant all on all tables in schema public to app; grant all on all sequences in schema public to app' >/dev/null
            echo "$directory"
            """;

    private static final String STOP = """
            bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
            "$bin/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null
            case $1 in /tmp/heliosctl-test-*) rm -rf -- "$1" ;; esac
            """;

    private final LocalRemote remote = new LocalRemote("this machine");
    private final int port = freePort();
    private final String directory = run(remote, Command.script(START, Integer.toString(port)));

    LocalRemote remote() {
        return remote;
    }

    int port() {
        return port;
    }

    /// Where its socket is, and where tests put their files.
    String directory() {
        return directory;
    }

    @Override
    public void close() {
        run(remote, Command.script(STOP, directory));
    }

    /// The output of a command that must succeed.
    static String run(LocalRemote remote, Command command) {
        if (remote.run(command.timeout(Duration.ofSeconds(60))) instanceof Ran.Exited exited) {
            if (exited.ok()) {
                return exited.text().strip();
            }
            throw new IllegalStateException(exited.errorText());
        }
        throw new IllegalStateException("no answer to " + command.script());
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
