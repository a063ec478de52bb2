package io.heliosctl.control;

import io.heliosctl.model.DirectClient;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import io.heliosctl.pgbouncer.ServerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Clients that are connected to a server and come through no pooler: where the poolers lead does not move
/// them.
final class DirectClients {

    private static final String CLIENTS = """
            select pid, usename, application_name, host(client_addr) as address, client_port as port
            from pg_stat_activity
            where backend_type = 'client backend' and usename <> current_user
            order by backend_start limit 1000""";

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final LiveCluster live;

    DirectClients(LiveCluster live) {
        this.live = live;
    }

    /// Those of these servers. One that cannot be asked is left out.
    List<DirectClient> of(Topology seen, List<NodeName> nodes) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        var doors = InParallel.map(List.copyOf(seen.poolers().keySet()), this::connections).stream()
                .flatMap(List::stream)
                .toList();
        return InParallel.map(nodes, node -> of(node, doors)).stream()
                .flatMap(List::stream)
                .toList();
    }

    /// Of a pooler that cannot be asked nothing is known: its connections count as direct ones.
    private List<ServerConnection> connections(PoolerName pooler) {
        try {
            return live.pooler(pooler).traffic(LOOK).servers();
        } catch (ProblemException e) {
            return List.of();
        }
    }

    private List<DirectClient> of(NodeName node, List<ServerConnection> doors) {
        try {
            return live.query(node, CLIENTS, true, LOOK).stream()
                    .filter(row -> doors.stream().noneMatch(door -> isSame(door, row)))
                    .map(row ->
                            new DirectClient(node, text(row, "usename"), text(row, "application_name"), address(row)))
                    .toList();
        } catch (ProblemException e) {
            return List.of();
        }
    }

    /// A pooler's connection to another server may have the same process ID there: the port tells them apart.
    private static boolean isSame(ServerConnection door, Map<String, Object> row) {
        return Long.toString(door.pid()).equals(text(row, "pid"))
                && (door.localPort().isEmpty()
                        ? address(row).isEmpty()
                        : Integer.toString(door.localPort().getAsInt()).equals(text(row, "port")));
    }

    private static Optional<String> address(Map<String, Object> row) {
        return Optional.of(text(row, "address")).filter(text -> !text.isEmpty());
    }

    private static String text(Map<String, Object> row, String name) {
        return Objects.toString(row.get(name), "");
    }
}
