package io.heliosctl.pgbouncer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a PgBouncer has to do with servers at one moment, all its processes together.
///
/// @param servers its connections
/// @param answered bytes that servers have sent since it was started, by database (`total_sent` of `SHOW STATS`).
///     They are counted as they come from the server (source of PgBouncer, `server_bytes`); a login is not among
///     them. `total_xact_count` would not do: it counts what clients begin, also while they wait for a server that
///     is dead.
public record Traffic(List<ServerConnection> servers, Map<String, Long> answered) {

    public Traffic {
        servers = List.copyOf(servers);
        answered = Map.copyOf(answered);
    }

    static Traffic of(List<List<Row>> servers, List<List<Row>> stats) {
        var answered = new TreeMap<String, Long>();
        stats.stream()
                .flatMap(List::stream)
                .forEach(row -> answered.merge(row.text("database"), row.number("total_sent"), Long::sum));
        return new Traffic(
                servers.stream().flatMap(List::stream).map(ServerConnection::of).toList(), answered);
    }
}
