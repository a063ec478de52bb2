package io.heliosctl.pgbouncer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a PgBouncer has to do with servers at one moment, all its processes together.
///
/// @param servers its connections
/// @param transactions how many transactions servers have ended since it was started, by database (`total_xact_count`
///     of `SHOW STATS`): it counts one when the server says so
public record Traffic(List<ServerConnection> servers, Map<String, Long> transactions) {

    public Traffic {
        servers = List.copyOf(servers);
        transactions = Map.copyOf(transactions);
    }

    static Traffic of(List<List<Row>> servers, List<List<Row>> stats) {
        var transactions = new TreeMap<String, Long>();
        stats.stream()
                .flatMap(List::stream)
                .forEach(row -> transactions.merge(row.text("database"), row.number("total_xact_count"), Long::sum));
        return new Traffic(
                servers.stream().flatMap(List::stream).map(ServerConnection::of).toList(), transactions);
    }
}
