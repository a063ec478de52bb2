package io.heliosctl.document;

import static io.heliosctl.document.Contexts.database;
import static io.heliosctl.document.Contexts.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real PgBouncer reads what the built-in template renders.
@Tag("loopback")
class RenderedPgbouncerTest {

    private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Path folder;
    private Process pgbouncer;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(Files.isExecutable(PGBOUNCER), "no pgbouncer here");
        folder = Files.createTempDirectory(Path.of("/tmp"), "heliosctl");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (pgbouncer != null) {
            pgbouncer.descendants().forEach(ProcessHandle::destroyForcibly);
            pgbouncer.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Test
    void it_knows_every_database_and_setting_as_written() throws Exception {
        Map<String, Object> settings = map(
                "auth_type", "any",
                "listen_addr", "127.0.0.1",
                "max_client_conn", "123",
                "ignore_startup_parameters", "extra_float_digits, options");
        start(values(
                false,
                settings,
                List.of(
                        database("app", "pool_size", "40"),
                        database("app_ro", "dbname", "app"),
                        database("odd-1.x", "dbname", "it's \\ ü \"odd\"", "connect_query", "select ';#'"),
                        database("*"))));

        assertEquals("""
                app|10.0.1.11|5432|app|40
                app_ro|10.0.1.11|5432|app|20
                odd-1.x|10.0.1.11|5432|it's \\ ü "odd"|20
                pgbouncer||%d|pgbouncer|2
                """.formatted(port), databases());
        Map<String, String> config = config();
        for (String expected : List.of(
                "max_client_conn=123",
                "ignore_startup_parameters=extra_float_digits, options",
                "server_login_retry=0.1",
                "server_connect_timeout=3",
                "query_wait_timeout=120",
                "pool_mode=transaction",
                "tcp_keepidle=10",
                "tcp_user_timeout=5000",
                "admin_users=heliosctl",
                "listen_port=" + port)) {
            String name = expected.substring(0, expected.indexOf('='));
            assertEquals(expected, name + "=" + config.get(name));
        }
    }

    @Test
    void beside_the_primary_it_goes_to_the_socket() throws Exception {
        start(values(true, map("auth_type", "any", "listen_addr", "127.0.0.1"), List.of(database("app"))));

        assertTrue(databases().startsWith("app|/var/run/postgresql|5432|app|20\n"), databases());
    }

    private Map<String, Object> values(
            boolean isPrimary, Map<String, Object> settings, List<Map<String, Object>> databases) {
        Map<String, Object> values = Contexts.pooler(isPrimary, 1, settings, databases);
        Map<String, Object> self = map(
                "name",
                "pgb1",
                "host",
                "127.0.0.1",
                "port",
                port,
                "socket_dir",
                folder.toString(),
                "pid_file",
                folder.resolve("pgbouncer.pid").toString(),
                "is_primary",
                isPrimary);
        values.put("this", self);
        return values;
    }

    private void start(Map<String, Object> values) throws Exception {
        Path ini = Files.writeString(folder.resolve("pgbouncer.ini"), Contexts.render("pgbouncer.ini.j2", values));
        Path log = folder.resolve("log");
        pgbouncer = new ProcessBuilder(asPostgres(PGBOUNCER.toString(), ini.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!Files.exists(folder.resolve(".s.PGSQL." + port))) {
            assertTrue(pgbouncer.isAlive() && Instant.now().isBefore(deadline), () -> "no socket: " + read(log));
            Thread.sleep(20);
        }
        assertTrue(!read(log).contains("ERROR") && !read(log).contains("WARNING"), () -> read(log));
    }

    private String databases() throws Exception {
        StringBuilder databases = new StringBuilder();
        for (List<String> row : show("SHOW DATABASES")) {
            databases
                    .append(String.join("|", row.get(0), row.get(1), row.get(2), row.get(3), row.get(5)))
                    .append('\n');
        }
        return databases.toString();
    }

    private Map<String, String> config() throws Exception {
        Map<String, String> config = new HashMap<>();
        show("SHOW CONFIG").forEach(row -> config.put(row.get(0), row.get(1)));
        return config;
    }

    private List<List<String>> show(String command) throws Exception {
        Process psql = new ProcessBuilder(asPostgres(
                        "psql",
                        "-XAtq",
                        "-F",
                        "\t",
                        "-h",
                        folder.toString(),
                        "-p",
                        Integer.toString(port),
                        "-U",
                        "heliosctl",
                        "-d",
                        "pgbouncer",
                        "-c",
                        command))
                .redirectErrorStream(true)
                .start();
        String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, psql.waitFor(), output);
        return output.lines().map(line -> List.of(line.split("\t", -1))).toList();
    }

    private static List<String> asPostgres(String... words) {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of(
                    "/usr/bin/setpriv",
                    "--reuid=postgres",
                    "--regid=postgres",
                    "--init-groups",
                    "--pdeathsig",
                    "KILL"));
        }
        command.addAll(List.of(words));
        return command;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
