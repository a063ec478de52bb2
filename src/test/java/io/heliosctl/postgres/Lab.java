package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.PostgresSettings.Connect;
import io.heliosctl.model.SshSettings;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.LocalRemote;
import io.heliosctl.remote.Ran;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Real PostgreSQL servers in a directory of their own, as real as their production siblings but for fsync. The
/// role `heliosctl` has exactly the grants of `sql/grants.sql`.
final class Lab implements AutoCloseable {

    private static final String BIN = "/usr/lib/postgresql/15/bin";

    private static final String LOGINS = """
            local all postgres trust
            local all all peer map=lab
            host replication replicator 127.0.0.1/32 trust
            """;

    private static final String ROLES = """
            create role replicator login replication;
            create role heliosctl login replication;
            create table notes (note text);
            """;

    final Path directory;
    final LocalRemote remote = new LocalRemote("lab");
    private final Map<NodeName, Node> nodes = new LinkedHashMap<>();
    private final List<PostgresServer> servers = new ArrayList<>();

    Lab() throws IOException {
        directory = Files.createTempDirectory("heliosctl-lab");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /// Makes and starts a primary.
    Node primary(String name) throws IOException {
        var node = declare(name);
        run(BIN + "/initdb", "-A", "trust", "-U", "postgres", "-N", "--locale=C.UTF-8", "-D", data(node));
        write(data(node) + "/pg_hba.conf", LOGINS);
        write(data(node) + "/pg_ident.conf", "lab %s heliosctl\n".formatted(System.getProperty("user.name")));
        configure(node);
        start(node);
        psql(node, ROLES);
        psql(node, grants());
        return node;
    }

    /// Makes and starts a standby that streams.
    Node standby(String name, Node upstream) {
        var node = declare(name);
        var conninfo = "host=127.0.0.1 port=%d user=replicator"
                .formatted(upstream.postgres().port());
        run(BIN + "/pg_basebackup", "-D", data(node), "-R", "-c", "fast", "-X", "stream", "-d", conninfo);
        configure(node);
        start(node);
        return node;
    }

    PostgresServer server(Node node) {
        var server = new PostgresServer(node, remote, Optional::empty);
        servers.add(server);
        return server;
    }

    RecoverySettings recovery(Node upstream) {
        return RecoverySettings.parse(
                """
                standby_mode = 'on'
                primary_conninfo = 'host=%s port=%d user=replicator'
                recovery_target_timeline = 'latest'
                """.formatted(upstream.host(), upstream.postgres().port()));
    }

    String psql(Node node, String sql) {
        var postgres = node.postgres();
        return answer(Command.exec(List.of(
                BIN + "/psql",
                "-X",
                "-A",
                "-t",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "postgres",
                "-h",
                postgres.socketDir(),
                "-p",
                Integer.toString(postgres.port()),
                "-d",
                "postgres",
                "-c",
                sql)));
    }

    void start(Node node) {
        run(BIN + "/pg_ctl", "start", "-w", "-D", data(node), "-l", data(node) + "/log");
    }

    String sh(String script, String... values) {
        return answer(Command.script(script, values));
    }

    void write(String path, String content) {
        sh("printf '%s' \"$2\" > \"$1\"", path, content);
    }

    /// Sends a signal to every process of a server that runs.
    void signal(Node node, String name) {
        sh("""
                [ -f "$1/postmaster.pid" ] || exit 0
                postmaster=$(head -n 1 "$1/postmaster.pid")
                kill -s "$2" "$postmaster" $(pgrep -P "$postmaster") || true
                """, data(node), name);
    }

    String data(Node node) {
        return node.postgres().dataDir();
    }

    @Override
    public void close() {
        servers.forEach(PostgresServer::close);
        for (var node : nodes.values()) {
            signal(node, "CONT");
            sh("\"$1/pg_ctl\" stop -m immediate -D \"$2\" || true", BIN, data(node));
        }
        sh("rm -rf \"$1\"/* || true", directory.toString());
        directory.toFile().delete();
    }

    /// The same server, whose `pg_ctl` says two seconds late that it has started, as Debian's pg_ctlcluster does,
    /// and then leaves the file `said` in the data directory.
    Node slowlySaying(Node node) {
        var programs = directory + "/slow";
        sh("mkdir -p \"$2\"; ln -sf \"$1\"/* \"$2\"; rm \"$2/pg_ctl\"", BIN, programs);
        write(programs + "/pg_ctl", """
                #!/bin/sh
                "%s/pg_ctl" "$@"
                status=$?
                case " $* " in *" start "*) sleep 2; : >"%s/said" ;; esac
                exit $status
                """.formatted(BIN, data(node)));
        sh("chmod 755 \"$1\"", programs + "/pg_ctl");
        return new Node(
                node.name(),
                node.host(),
                node.priority(),
                node.tags(),
                node.ssh(),
                settings(node.postgres().port(), data(node), programs));
    }

    /// The same server, declared with another data directory.
    Node at(Node node, String dataDirectory) {
        var postgres = settings(node.postgres().port(), dataDirectory, BIN);
        return new Node(node.name(), node.host(), node.priority(), node.tags(), node.ssh(), postgres);
    }

    private Node declare(String name) {
        var postgres = settings(freePort(), directory + "/" + name, BIN);
        var ssh = new SshSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Path.of("/dev/null"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5));
        var node = new Node(new NodeName(name), "127.0.0.1", 100, List.of(), ssh, postgres);
        nodes.put(node.name(), node);
        return node;
    }

    private PostgresSettings settings(int port, String dataDirectory, String programs) {
        return new PostgresSettings(
                port,
                Optional.empty(),
                dataDirectory,
                programs,
                directory.toString(),
                Optional.empty(),
                Optional.empty(),
                remote.user(),
                "heliosctl",
                "postgres",
                "replicator",
                Connect.SOCKET,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private void configure(Node node) {
        write(data(node) + "/postgresql.conf", """
                        listen_addresses = '127.0.0.1'
                        unix_socket_directories = '%s'
                        port = %d
                        fsync = off
                        wal_level = replica
                        max_wal_senders = 10
                        max_replication_slots = 5
                        wal_log_hints = on
                        shared_buffers = 16MB
                        max_connections = 30
                        hot_standby = on
                        cluster_name = '%s'
                        """.formatted(
                        directory, node.postgres().port(), node.name()));
    }

    private void run(String... words) {
        answer(Command.exec(List.of(words)));
    }

    private String answer(Command command) {
        if (remote.run(command.timeout(Duration.ofSeconds(60))) instanceof Ran.Exited exited && exited.ok()) {
            return exited.text().strip();
        }
        throw new AssertionError(command.values() + ": " + remote.run(command));
    }

    private static String grants() throws IOException {
        try (var stream = Lab.class.getResourceAsStream("/sql/grants.sql")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
