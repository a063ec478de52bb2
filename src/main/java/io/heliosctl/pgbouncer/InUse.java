package io.heliosctl.pgbouncer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The server connections of one process that clients hold.
record InUse(PoolerProcess process) {

    /// Those of now, without where their clients come from.
    List<ServerInUse> now(Duration deadline) {
        return active(process.read(deadline, ConsoleCommand.SHOW_SERVERS).getFirst())
                .map(row -> inUse(row, Map.of()))
                .toList();
    }

    /// Those among rows of SHOW SERVERS. The clients are asked for afterwards, where there are any: their list
    /// may be long.
    List<ServerInUse> of(List<Row> servers, Duration deadline) {
        var active = active(servers).toList();
        if (active.isEmpty()) {
            return List.of();
        }
        var clients = process.read(deadline, ConsoleCommand.SHOW_CLIENTS).getFirst().stream()
                .collect(Collectors.toMap(row -> row.text("ptr"), InUse::address, (first, _) -> first));
        return active.stream().map(row -> inUse(row, clients)).toList();
    }

    private static Stream<Row> active(List<Row> servers) {
        return servers.stream().filter(row -> row.text("state").equals("active"));
    }

    private ServerInUse inUse(Row row, Map<String, String> clients) {
        return new ServerInUse(
                process.pooler(),
                process.name(),
                Words.clean(row.text("database")),
                Words.clean(row.text("user")),
                row.number("remote_pid"),
                row.text("addr").equals("unix") ? OptionalInt.empty() : OptionalInt.of((int) row.number("local_port")),
                row.text("link"),
                clients.getOrDefault(row.text("link"), ""));
    }

    private static String address(Row client) {
        var address = Words.clean(client.text("addr"));
        return address.equals("unix") ? "its Unix socket" : address;
    }
}
