package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is seen of a real PgBouncer, and what is found wrong with it before anything is done.
@Tag("loopback")
class ExaminationTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static LoopbackPostgres postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = new LoopbackPostgres();
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void everythingThatAPreflightWantsIsSeen() throws Exception {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var client = bouncer.connect("app")) {
            client.createStatement().execute("select 1");
            var seen = bouncer.observe();
            assertTrue(seen.version().matches("1\\.\\d+\\.\\d+"), seen.version());
            var port = postgres.port();
            assertEquals(
                    new PoolerState.Instance(
                            bouncer.instance().socketDir(),
                            false,
                            1,
                            0,
                            Duration.ZERO,
                            0,
                            0,
                            List.of(
                                    new PoolerState.Route(
                                            "app", Optional.of("127.0.0.1"), port, "postgres", "transaction"),
                                    new PoolerState.Route(
                                            "app_ro", Optional.of("127.0.0.1"), port, "postgres", "transaction")),
                            Map.of(
                                    "admin_users", "heliosctl",
                                    "conffile", bouncer.instance().config(),
                                    "pool_mode", "transaction",
                                    "query_timeout", "0",
                                    "query_wait_timeout", "120",
                                    "server_login_retry", "0.1",
                                    "so_reuseport", "1",
                                    "unix_socket_dir", bouncer.instance().socketDir())),
                    seen.instances().getFirst());
        }
    }

    @Test
    void aPoolerAsDeclaredHasNoProblems() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server()) {
            assertEquals(List.of(), server.examine(SECOND));
        }
    }

    @Test
    void aProcessThatTheInventoryDoesNotNameIsFound() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 3);
                var server = bouncer.server(
                        bouncer.pooler("heliosctl", bouncer.instances().subList(0, 2)))) {
            assertEquals("""
                    pooler-processes-differ: pooler pgb1 has 3 processes, the inventory 2
                    """, text(server.examine(SECOND)));
        }
    }

    @Test
    void aUserWhoMayOnlyLookIsToldWhereToBePut() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server(bouncer.pooler("watcher", bouncer.instances()))) {
            var problem = assertThrows(ProblemException.class, () -> Pauses.pause(server, SECOND))
                    .problems()
                    .getFirst();
            assertEquals(
                    Problem.error("console-refused", "PgBouncer pgb1 refused to pause")
                            .detail("It says: admin access needed.")
                            .hint("Put watcher into admin_users in "
                                    + bouncer.instance().config() + "."),
                    problem);
        }
    }

    @Test
    void aUserWhomTheConsoleDoesNotLetInIsToldSo() {
        assertRefused("app", """
                console-refused: cannot reach the console of PgBouncer pgb1 as user app
                psql: error: connection to server on socket "DIR/.s.PGSQL.PORT" failed: FATAL: not allowed
                Put the user into admin_users in pgbouncer.ini and let it log in: auth_file, or hba with peer.""");
    }

    @Test
    void aPgbouncerThatDoesNotRunIsUnreachableAndNotDown() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            LoopbackPostgres.run(
                    postgres.remote(), Command.script("kill -KILL \"$1\"", bouncer.pid(bouncer.instance())));
            var seen = (PoolerState.Unreachable) server.observe(SECOND);
            assertTrue(
                    seen.reason()
                            .startsWith("cannot reach the console of PgBouncer pgb1 as user heliosctl. psql: error:"),
                    seen.reason());
        }
    }

    @Test
    void aRestartedPgbouncerIsSpokenToAgain() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            server.observe(SECOND);
            bouncer.restart();
            assertEquals(
                    1,
                    ((PoolerState.Answering) server.observe(SECOND)).instances().size());
            Pauses.pause(server, SECOND);
            server.resume();
        }
    }

    @Test
    void aPgbouncerThatReadsAnotherFileIsFound() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1)) {
            var declared = new PgbouncerSettings.Instance(
                    bouncer.instance().socketDir(), Optional.empty(), Optional.empty(), "/etc/hostname");
            try (var server = bouncer.server(bouncer.pooler("heliosctl", List.of(declared)))) {
                assertEquals("""
                        other-config-file: pooler pgb1 reads another file
                        pooler-not-reloadable: pooler pgb1 has no way to be reloaded
                        """, text(server.examine(SECOND)));
            }
        }
    }

    private static void assertRefused(String user, String expected) {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1)) {
            Pooler pooler = bouncer.pooler(user, bouncer.instances());
            try (var server = bouncer.server(pooler)) {
                var problem = assertThrows(ProblemException.class, () -> Pauses.pause(server, SECOND))
                        .problems()
                        .getFirst();
                assertEquals(
                        expected,
                        (problem.code() + ": " + problem.message() + "\n" + problem.detail() + "\n" + problem.hint())
                                .replace(bouncer.instance().socketDir(), "DIR")
                                .replace("." + pooler.pgbouncer().port(), ".PORT"));
            }
        }
    }

    private static String text(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.code() + ": " + problem.message() + "\n")
                .collect(Collectors.joining());
    }
}
