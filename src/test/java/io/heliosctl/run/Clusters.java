package io.heliosctl.run;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Database;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.SshSettings;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Made-up clusters: three nodes, two poolers, all well.
public final class Clusters {

    public static final NodeName PG1 = new NodeName("pgdb1");
    public static final NodeName PG2 = new NodeName("pgdb2");
    public static final NodeName PG3 = new NodeName("pgdb3");
    public static final PoolerName PGB1 = new PoolerName("pgb1");
    public static final PoolerName PGB2 = new PoolerName("pgb2");
    public static final Lsn WRITTEN = Lsn.parse("0/5000148");

    private static final SystemId SYSTEM = new SystemId("7277694203142172922");

    private Clusters() {}

    public static Cluster cluster() {
        return new Cluster(
                "main",
                "production",
                Map.of(),
                List.of(node(PG1, "10.0.1.11", 100), node(PG2, "10.0.1.12", 100), node(PG3, "10.0.2.13", 50)),
                List.of(pooler(PGB1, "10.0.1.21"), pooler(PGB2, "10.0.1.11")),
                List.of(new Database("app", Map.of())),
                Map.of());
    }

    public static Topology healthy() {
        var nodes = new LinkedHashMap<NodeName, NodeState>();
        nodes.put(PG1, primary());
        nodes.put(PG2, standby());
        nodes.put(PG3, standby());
        var poolers = new LinkedHashMap<PoolerName, PoolerState>();
        poolers.put(PGB1, answering("10.0.1.11", false));
        poolers.put(PGB2, answering("10.0.1.11", false));
        return new Topology(cluster(), Instant.EPOCH, nodes, poolers);
    }

    /// The healthy cluster with one node in another state.
    public static Topology with(NodeName name, NodeState state) {
        var nodes = new LinkedHashMap<>(healthy().nodes());
        nodes.put(name, state);
        return new Topology(cluster(), Instant.EPOCH, nodes, healthy().poolers());
    }

    /// The healthy cluster with one pooler in another state.
    public static Topology with(PoolerName name, PoolerState state) {
        var poolers = new LinkedHashMap<>(healthy().poolers());
        poolers.put(name, state);
        return new Topology(cluster(), Instant.EPOCH, healthy().nodes(), poolers);
    }

    public static NodeState.Primary primary() {
        return new NodeState.Primary(identity(SYSTEM, 3), WRITTEN, List.of(), List.of(), facts());
    }

    public static NodeState.Standby standby() {
        return standby(WRITTEN, Optional.of("streaming"), 3, NodeState.ReplayPause.NOT_PAUSED, Duration.ZERO);
    }

    public static NodeState.Standby standby(
            Lsn received, Optional<String> receiver, int timeline, NodeState.ReplayPause pause, Duration delay) {
        return new NodeState.Standby(
                identity(SYSTEM, timeline),
                received,
                received,
                receiver.map(status -> new NodeState.Receiver(
                        status, "10.0.1.11", 5432, Optional.of(new Timeline(timeline)), Optional.empty())),
                pause,
                delay,
                List.of(),
                List.of(),
                facts());
    }

    public static NodeState.Standby stranger() {
        var state = standby();
        return new NodeState.Standby(
                identity(new SystemId("1"), 3),
                state.received(),
                state.replayed(),
                state.upstream(),
                state.replayPause(),
                state.applyDelay(),
                List.of(),
                List.of(),
                state.facts());
    }

    public static PoolerState answering(String host, boolean paused) {
        var route = new PoolerState.Route("app", Optional.of(host), 5432, "app", "transaction");
        return new PoolerState.Answering(
                "1.18.0",
                List.of(new PoolerState.Instance(
                        "/var/run/postgresql", paused, 8, 0, Duration.ZERO, 0, 0, List.of(route), Map.of())));
    }

    private static NodeState.Identity identity(SystemId system, int timeline) {
        return new NodeState.Identity(
                system, new Timeline(timeline), new ServerVersion(150018), "/var/lib/postgresql/15/main", 5432);
    }

    private static NodeState.Facts facts() {
        return new NodeState.Facts(Map.of(), false, 0, List.of(), List.of(), Optional.empty());
    }

    static Node node(NodeName name, String host, int priority) {
        var postgres = new PostgresSettings(
                5432,
                Optional.of("postgresql@15-main"),
                "/var/lib/postgresql/15/main",
                "/usr/lib/postgresql/15/bin",
                "/var/run/postgresql",
                Optional.empty(),
                Optional.empty(),
                "postgres",
                "heliosctl",
                "postgres",
                "replicator",
                PostgresSettings.Connect.SOCKET,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        return new Node(name, host, priority, List.of(), ssh(), postgres);
    }

    private static Pooler pooler(PoolerName name, String host) {
        var instance = new PgbouncerSettings.Instance(
                "/var/run/postgresql", Optional.of("pgbouncer"), Optional.empty(), "/etc/pgbouncer/pgbouncer.ini");
        var pgbouncer = new PgbouncerSettings(
                6432,
                "postgres",
                "heliosctl",
                Optional.empty(),
                "/usr/bin/psql",
                "pgbouncer.ini.j2",
                Map.of(),
                List.of(instance));
        return new Pooler(name, host, ssh(), pgbouncer);
    }

    private static SshSettings ssh() {
        return new SshSettings(
                Optional.of("heliosctl"),
                Optional.of(22),
                Optional.empty(),
                Path.of("/nowhere/known_hosts"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5));
    }
}
