package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real server and libpq read back what was quoted.
@Tag("loopback")
class QuotedForPostgresTest {

    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
    private static final List<String> VALUES =
            List.of("plain", "it's", "a\\b", "''", "\\'", "a b=c", "x\ty", "ünï \"q\"", "a\\nb", "#;$%", "two\nlines");

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue(Files.isExecutable(BIN.resolve("postgres")), "no PostgreSQL 15 here");
        for (Path path = folder; path.startsWith("/tmp") && !path.equals(Path.of("/tmp")); path = path.getParent()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void the_server_reads_its_configuration_as_meant() throws Exception {
        for (String value : VALUES) {
            Files.writeString(folder.resolve("postgresql.conf"), "primary_conninfo = " + Quoting.conf(value) + "\n");

            String read = run(BIN.resolve("postgres").toString(), "-C", "primary_conninfo", "-D", folder.toString());

            assertEquals(value + "\n", read);
        }
    }

    @Test
    void libpq_reads_its_connection_string_as_meant() throws Exception {
        for (String value : VALUES) {
            String conninfo = "host=" + Quoting.conninfo("/nowhere/" + value) + " dbname=x";

            String message = run(BIN.resolve("psql").toString(), "-X", "-d", conninfo);

            assertTrue(message.contains("\"/nowhere/" + value + "/.s.PGSQL."), message);
        }
    }

    private static String run(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        command.addAll(List.of(words));
        boolean answersOnErrors = words[0].endsWith("psql");
        Process process =
                new ProcessBuilder(command).redirectErrorStream(answersOnErrors).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
