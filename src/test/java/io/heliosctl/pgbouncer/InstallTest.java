package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.PoolerState.Route;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.RemoteFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// New configurations for real PgBouncers, and where clients then arrive.
@Tag("loopback")
class InstallTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final String OLD = "127.0.0.1";
    private static final String NEW = "127.0.0.2";

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
    void everyProcessLeadsWhereItsNewFileSaysAndWritesArriveThere() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server()) {
            assertEquals(
                    List.of(landed(bouncer, 0, OLD), landed(bouncer, 1, OLD)), server.probe(Duration.ofSeconds(5)));
            server.install(stage(bouncer, server), TWO_SECONDS);
            for (var instance : bouncer.observe().instances()) {
                assertEquals(List.of(route("app"), route("app_ro")), instance.routes());
            }
            for (var instance : bouncer.instances()) {
                assertTrue(server.isLive(instance, bouncer.config(instance, NEW)));
                assertFalse(server.isLive(instance, bouncer.config(instance, OLD)));
            }
            assertEquals(
                    List.of(landed(bouncer, 0, NEW), landed(bouncer, 1, NEW)), server.probe(Duration.ofSeconds(5)));
        }
    }

    @Test
    void aFileThatIsOnDiskAndWasNotReadIsNotLive() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            var file = bouncer.config(bouncer.instance(), NEW);
            new RemoteFiles(postgres.remote())
                    .write(bouncer.instance().config(), file, postgres.remote().user());
            assertFalse(server.isLive(bouncer.instance(), file));
        }
    }

    @Test
    void clientsOnlyWaitWhileThePausedPoolIsLedElsewhere() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var writers = new Writers(bouncer, 8)) {
            writers.awaitWrites(20);
            var staged = stage(bouncer, server);
            Pauses.pause(server, SECOND);
            server.install(staged, TWO_SECONDS);
            server.resume();
            writers.awaitWrites(20);
            assertEquals(List.of(), writers.errors());
        }
    }

    @Test
    void aFileThatSetsWhatPgbouncerDoesNotKnowIsNotEvenStaged() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            var file = Bytes.of(bouncer.config(bouncer.instance(), NEW).text() + "server_login_retries = 1\n");
            assertEquals("""
                    error[config-refused]: PgBouncer pgb1 does not know server_login_retries
                    detail: The file for DIR/pgbouncer.ini sets server_login_retries; PgBouncer would stop reading there, \
                    with half of it in force.
                    hint: Correct the template, or pgbouncer.settings in the inventory.""", text(bouncer, problems(() -> server.stage(bouncer.instance(), file))));
            assertUntouched(bouncer, server);
        }
    }

    @Test
    void aBadValueAfterGoodRoutesIsFoundAndTheOldFileIsInForceAgain() {
        assertRestored(config -> config.replace("pool_mode = transaction", "pool_mode = transactional"), """
                error[reload-not-applied]: PgBouncer pgb1 did not take its new configuration
                detail: Setting pool_mode should be transactional and is session. Setting server_login_retry should be \
                0.1 and is 15. Setting ignore_startup_parameters should be extra_float_digits and is .
                hint: See PgBouncer's log for the line that it refused.""");
    }

    @Test
    void aBadLineAmongTheRoutesIsFoundAndTheOldFileIsInForceAgain() {
        assertRestored(config -> config.replace("app_ro = host", "app_ro = hots"), """
                error[reload-not-applied]: PgBouncer pgb1 did not take its new configuration
                detail: Database app_ro should lead to the local socket port PORT database postgres and leads to \
                127.0.0.1 port PORT database postgres. Database * should lead to 127.0.0.2 port PORT database * and \
                leads to 127.0.0.1 port PORT database heliosctl_fallback_check.
                hint: See PgBouncer's log for the line that it refused.""");
    }

    @Test
    void aProcessThatIsNotSignalledMakesAllOfThemGoBack() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2)) {
            var deaf = bouncer.instances().get(1);
            var declared = List.of(
                    bouncer.instance(),
                    new PgbouncerSettings.Instance(
                            deaf.socketDir(), Optional.empty(), Optional.of("/proc/1/comm"), deaf.config()));
            try (var server = bouncer.server(bouncer.pooler("heliosctl", declared))) {
                var staged = List.of(
                        server.stage(declared.get(0), bouncer.config(deaf, NEW)),
                        server.stage(declared.get(1), bouncer.config(deaf, NEW)));
                var problems = problems(() -> server.install(staged, TWO_SECONDS));
                assertEquals(1, problems.size());
                assertTrue(
                        problems.getFirst().detail().startsWith("Reloading ended with status 1."),
                        text(bouncer, problems));
            }
            assertEquals(OLD, shownHost(bouncer, 0));
            assertEquals(OLD, shownHost(bouncer, 1));
        }
    }

    @Test
    void aDiscardedFileLeavesNothingBehind() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            var before = files(bouncer);
            var staged = stage(bouncer, server);
            assertEquals(".pgbouncer.ini.heliosctl " + before, files(bouncer));
            staged.forEach(server::discard);
            assertEquals(before, files(bouncer));
            assertUntouched(bouncer, server);
        }
    }

    @Test
    void aProcessThatIgnoresTheSignalIsNotWaitedForToTheEnd() {
        try (var bouncer = new LoopbackPgbouncer(postgres, 2)) {
            var deaf = bouncer.instances().get(1);
            var declared = List.of(new PgbouncerSettings.Instance(
                    deaf.socketDir(), Optional.empty(), bouncer.instance().pidFile(), deaf.config()));
            try (var server = bouncer.server(bouncer.pooler("heliosctl", declared))) {
                var staged = List.of(server.stage(declared.getFirst(), bouncer.config(deaf, NEW)));
                var problems = assertTimeout(
                        Duration.ofSeconds(60), () -> problems(() -> server.install(staged, Duration.ofMinutes(2))));
                assertEquals("reload-not-applied", problems.getFirst().code());
                assertEquals(1, problems.size(), problems::toString);
            }
        }
    }

    /// Installs a changed file and wants that problem, and everything as it was before.
    private static void assertRestored(UnaryOperator<String> change, String expected) {
        try (var bouncer = new LoopbackPgbouncer(postgres, 1);
                var server = bouncer.server()) {
            var file = change.apply(bouncer.config(bouncer.instance(), NEW).text());
            var staged = server.stage(bouncer.instance(), Bytes.of(file));
            assertEquals(expected, text(bouncer, problems(() -> server.install(List.of(staged), TWO_SECONDS))));
            assertUntouched(bouncer, server);
        }
    }

    private static void assertUntouched(LoopbackPgbouncer bouncer, PgbouncerServer server) {
        var instance = bouncer.instance();
        assertEquals(Optional.of(bouncer.config(instance, OLD)), server.liveConfig(instance));
        assertEquals(OLD, shownHost(bouncer, 0));
        assertEquals(
                "transaction", bouncer.observe().instances().getFirst().config().get("pool_mode"));
        assertEquals(List.of(landed(bouncer, 0, OLD)), server.probe(Duration.ofSeconds(5)));
    }

    private static List<StagedConfig> stage(LoopbackPgbouncer bouncer, PgbouncerServer server) {
        return bouncer.instances().stream()
                .map(instance -> server.stage(instance, bouncer.config(instance, NEW)))
                .toList();
    }

    private static Landed landed(LoopbackPgbouncer bouncer, int number, String host) {
        return new Landed(bouncer.instances().get(number).socketDir(), Optional.of(host), postgres.port(), false);
    }

    private static Route route(String database) {
        return new Route(database, Optional.of(NEW), postgres.port(), "postgres", "transaction");
    }

    private static String shownHost(LoopbackPgbouncer bouncer, int number) {
        return bouncer.observe()
                .instances()
                .get(number)
                .routes()
                .getFirst()
                .host()
                .orElse("");
    }

    private static String files(LoopbackPgbouncer bouncer) {
        return LoopbackPostgres.run(
                postgres.remote(),
                Command.script("cd \"$1\" && echo $(ls -A)", bouncer.instance().socketDir()));
    }

    private static List<Problem> problems(Runnable task) {
        return assertThrows(ProblemException.class, task::run).problems();
    }

    private static String text(LoopbackPgbouncer bouncer, List<Problem> problems) {
        var problem = problems.getFirst();
        var text = "error[%s]: %s\ndetail: %s\nhint: %s"
                .formatted(problem.code(), problem.message(), problem.detail(), problem.hint());
        return text.replace(bouncer.instance().socketDir(), "DIR").replace("port " + postgres.port(), "port PORT");
    }
}
