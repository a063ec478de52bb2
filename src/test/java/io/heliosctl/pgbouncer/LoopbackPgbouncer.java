package io.heliosctl.pgbouncer;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.SshSettings;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.RemoteFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A real PgBouncer on this machine: one process, or several on one port.
final class LoopbackPgbouncer implements AutoCloseable {

    private static final String DAEMON = """
            PATH=$PATH:/usr/sbin
            tries=0
            pgbouncer -q -d "$1/pgbouncer.ini" || exit 1
            until psql -X -q -h "$1" -p "$2" -U watcher -c 'show version' pgbouncer >/dev/null 2>&1; do
              tries=$((tries + 1))
              [ $tries -lt 100 ] || exit 1
              sleep 0.05
            done
            """;
    private static final String STOP = """
            for file in "$@"; do
              { read -r pid < "$file/pid" && kill -KILL "$pid" && rm -f "$file/pid"; } 2>/dev/null
            done
            rm -rf -- "$@"
            """;

    private static final String USERS = """
            "heliosctl" ""
            "watcher" ""
            "app" ""
            """;

    private final LoopbackPostgres postgres;
    private final int port = LoopbackPostgres.freePort();
    private final List<PgbouncerSettings.Instance> instances;

    LoopbackPgbouncer(LoopbackPostgres postgres, int processes) {
        this.postgres = postgres;
        this.instances = IntStream.rangeClosed(1, processes)
                .mapToObj(number -> postgres.directory() + "/b" + number)
                .map(directory -> new PgbouncerSettings.Instance(
                        directory, Optional.empty(), Optional.of(directory + "/pid"), directory + "/pgbouncer.ini"))
                .toList();
        instances.forEach(this::startProcess);
    }

    List<PgbouncerSettings.Instance> instances() {
        return instances;
    }

    PgbouncerSettings.Instance instance() {
        return instances.getFirst();
    }

    Pooler pooler() {
        return pooler("heliosctl", instances);
    }

    /// The pooler as an inventory could describe it.
    Pooler pooler(String admin, List<PgbouncerSettings.Instance> declared) {
        var settings = new PgbouncerSettings(
                port,
                postgres.remote().user(),
                admin,
                Optional.empty(),
                "psql",
                "pgbouncer.ini.j2",
                Map.of(),
                declared);
        return new Pooler(new PoolerName("pgb1"), "127.0.0.1", ssh(), settings);
    }

    PgbouncerServer server() {
        return new PgbouncerServer(pooler(), postgres.remote(), "app");
    }

    PgbouncerServer server(Pooler pooler) {
        return new PgbouncerServer(pooler, postgres.remote(), "app");
    }

    /// A configuration file that leads to that server.
    Bytes config(PgbouncerSettings.Instance instance, String host) {
        return Bytes.of("""
                [databases]
                app = host=%s port=%d dbname=postgres
                app_ro = host=%s port=%d dbname=postgres pool_size=5
                * = host=%s port=%d

                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir = %s
                pidfile = %s/pid
                logfile = %s/log
                auth_type = trust
                auth_file = %s/users
                admin_users = heliosctl
                stats_users = watcher
                pool_mode = transaction
                so_reuseport = 1
                server_login_retry = 0.1
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        host,
                        postgres.port(),
                        host,
                        postgres.port(),
                        host,
                        postgres.port(),
                        port,
                        instance.socketDir(),
                        instance.socketDir(),
                        instance.socketDir(),
                        instance.socketDir()));
    }

    /// Logs in as a client does; with several processes the kernel decides which one answers.
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s?user=app&prepareThreshold=0&socketTimeout=30"
                        .formatted(port, database));
    }

    PoolerState.Answering observe() {
        try (var server = server()) {
            return (PoolerState.Answering) server.observe(Duration.ofSeconds(5));
        }
    }

    /// The process ID of one of them.
    String pid(PgbouncerSettings.Instance instance) {
        return LoopbackPostgres.run(
                postgres.remote(),
                Command.script("cat \"$1\"", instance.pidFile().orElseThrow()));
    }

    @Override
    public void close() {
        LoopbackPostgres.run(
                postgres.remote(),
                Command.script(
                        STOP,
                        instances.stream()
                                .map(PgbouncerSettings.Instance::socketDir)
                                .toArray(String[]::new)));
    }

    /// Kills the first process and starts it again.
    void restart() {
        LoopbackPostgres.run(
                postgres.remote(),
                Command.script(
                        "kill -KILL \"$1\"; rm -f \"$2/pid\"",
                        pid(instance()),
                        instance().socketDir()));
        launch(instance());
    }

    private void startProcess(PgbouncerSettings.Instance instance) {
        LoopbackPostgres.run(postgres.remote(), Command.script("mkdir \"$1\"", instance.socketDir()));
        var files = new RemoteFiles(postgres.remote());
        var user = postgres.remote().user();
        files.write(instance.config(), config(instance, "127.0.0.1"), user);
        files.write(instance.socketDir() + "/users", Bytes.of(USERS), user);
        launch(instance);
    }

    private void launch(PgbouncerSettings.Instance instance) {
        LoopbackPostgres.run(postgres.remote(), Command.script(DAEMON, instance.socketDir(), Integer.toString(port)));
    }

    private static SshSettings ssh() {
        return new SshSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Path.of("known_hosts"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5));
    }
}
