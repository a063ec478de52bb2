package io.heliosctl.pgbouncer;

import io.heliosctl.model.PoolerState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the SHOW commands of one process say, put together.
///
/// @param databases of `SHOW DATABASES`
/// @param pools of `SHOW POOLS`
/// @param config of `SHOW CONFIG`
record Observation(List<Row> databases, List<Row> pools, List<Row> config) {

    /// A database of this name is made up by [ConsoleCommand#reconnect] to see where `*` leads; nobody uses
    /// it.
    static final String FALLBACK_CHECK = "heliosctl_fallback_check";

    private static final Set<String> SETTINGS = Set.of(
            "admin_users",
            "conffile",
            "pool_mode",
            "query_timeout",
            "query_wait_timeout",
            "server_login_retry",
            "so_reuseport",
            "unix_socket_dir");

    PoolerState.Instance state(String socketDir, boolean paused) {
        return new PoolerState.Instance(
                socketDir,
                paused || databases.stream().anyMatch(row -> row.isSet("paused")),
                (int) sum(row -> row.number("cl_active") + row.number("cl_waiting")),
                (int) sum(row -> row.number("cl_waiting")),
                longestWait(),
                (int) sum(row -> row.number("sv_login")),
                (int) sum(row -> row.text("pool_mode").equals("session") ? row.number("sv_active") : 0),
                routes(),
                settings());
    }

    /// A server connection that is idle is closed by a global PAUSE at once: while there is one there is no
    /// pause.
    boolean isSurelyNotPaused() {
        return sum(row -> row.number("sv_idle") + row.number("sv_used")) > 0;
    }

    long waiting() {
        return sum(row -> row.number("cl_waiting"));
    }

    long loggingIn() {
        return sum(row -> row.number("sv_login"));
    }

    List<PoolerState.Route> routes() {
        return databases.stream()
                .filter(row -> !isConsole(row.text("name")) && !row.text("name").equals(FALLBACK_CHECK))
                .map(this::route)
                .toList();
    }

    /// Where `*` leads, once [#FALLBACK_CHECK] is known to PgBouncer.
    Optional<PoolerState.Route> fallback() {
        return databases.stream()
                .filter(row -> row.text("name").equals(FALLBACK_CHECK))
                .map(this::route)
                .findFirst();
    }

    private PoolerState.Route route(Row row) {
        var mode = row.text("pool_mode");
        return new PoolerState.Route(
                row.text("name"),
                Optional.of(row.text("host")).filter(host -> !host.isEmpty()),
                (int) row.number("port"),
                row.text("database"),
                mode.isEmpty() ? settings().getOrDefault("pool_mode", "") : mode);
    }

    private Map<String, String> settings() {
        return config.stream()
                .filter(row -> SETTINGS.contains(row.text("key")))
                .collect(Collectors.toMap(row -> row.text("key"), row -> row.text("value"), (first, _) -> first));
    }

    private Duration longestWait() {
        return clientPools()
                .map(row -> Duration.ofSeconds(row.number("maxwait")).plusNanos(row.number("maxwait_us") * 1000))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private long sum(ToLongFunction<Row> count) {
        return clientPools().mapToLong(count).sum();
    }

    private Stream<Row> clientPools() {
        return pools.stream().filter(row -> !isConsole(row.text("database")));
    }

    private static boolean isConsole(String database) {
        return database.equals("pgbouncer");
    }
}
