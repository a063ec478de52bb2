package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static io.heliosctl.run.Clusters.PGB1;
import static io.heliosctl.run.Clusters.PGB2;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.FenceCommands;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Runbooks;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cluster in some state, and the built-in runbook that is for it.
///
/// @param to who is to be primary at the end; for a fence nobody new is
/// @param hangs transactions hang on the old primary, so that PAUSE cannot be had
record Plight(
        String name, String runbook, Topology topology, Map<String, String> parameters, NodeName to, boolean hangs) {

    /// The primary there was.
    static final NodeName FROM = PG1;

    /// What may be lost, and what the most advanced standby has that the candidate lacks.
    static final long ALLOWED = 17 << 20;

    private static final long AHEAD = 32 << 20;
    private static final NodeState DARK = new NodeState.Unreachable("no answer");

    static final Plight SWITCHOVER =
            new Plight("switchover", "switchover", Clusters.healthy(), Map.of("to", "pgdb2"), PG2, false);

    static final Plight RESTART = new Plight("restart", "restart", Clusters.healthy(), Map.of(), PG1, false);

    static final Plight ROLLING_RESTART =
            new Plight("rolling restart", "rolling-restart", Clusters.healthy(), Map.of("to", "pgdb2"), PG2, false);

    /// The host is off, on somebody's word; another standby is ahead of the candidate.
    static final Plight OFF = new Plight(
            "failover, host off on a word",
            "failover",
            lost(DARK, false, true),
            Map.of("to", "pgdb2", "fenced", "pgdb1", "lose_up_to", ALLOWED + "B"),
            PG2,
            true);

    static final Plight CRASHED = new Plight(
            "failover, PostgreSQL crashed and its host answers",
            "failover",
            lost(stopped("in production"), true, false),
            Map.of("to", "pgdb2", "rather_than_start", "true"),
            PG2,
            false);

    static final Plight FROZEN = new Plight(
            "failover, a frozen host that the site fences",
            "failover",
            lost(DARK, false, false),
            Map.of("to", "pgdb2"),
            PG2,
            true);

    static final Plight SHUT_DOWN = new Plight(
            "failover, PostgreSQL was shut down",
            "failover",
            lost(stopped("shut down"), true, false),
            Map.of("to", "pgdb2", "lose_up_to", "0"),
            PG2,
            false);

    static final Plight FENCE = new Plight("fence", "fence", Clusters.healthy(), Map.of("node", "pgdb1"), PG1, false);

    static final Plight SPLIT_BRAIN = new Plight(
            "fence, two accept writes",
            "fence",
            Clusters.with(PG2, Clusters.primary()),
            Map.of("node", "pgdb1"),
            PG2,
            false);

    static final Plight ROUTE = new Plight(
            "route",
            "route",
            new Topology(
                    Clusters.cluster(),
                    Instant.EPOCH,
                    Clusters.healthy().nodes(),
                    Map.of(
                            PGB1, Clusters.answering("10.0.1.12", false),
                            PGB2, Clusters.answering("10.0.1.12", false))),
            Map.of(),
            PG1,
            false);

    static final List<Plight> ALL =
            List.of(SWITCHOVER, RESTART, ROLLING_RESTART, OFF, CRASHED, FROZEN, SHUT_DOWN, FENCE, SPLIT_BRAIN, ROUTE);

    boolean isFailover() {
        return runbook.equals("failover");
    }

    Plan plan() {
        return new Planner(new Runbooks(List.of()).find(runbook), topology, parameters)
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
    }

    /// The same with one pooler: more of them make more paths, not other ones.
    Plight withOnePooler() {
        var cluster = topology.cluster();
        var smaller = new Cluster(
                cluster.name(),
                cluster.environment(),
                Map.of(),
                cluster.nodes(),
                List.of(cluster.pooler(PGB1)),
                cluster.databases(),
                Map.of());
        return new Plight(
                name,
                runbook,
                new Topology(smaller, topology.at(), topology.nodes(), Map.of(PGB1, topology.state(PGB1))),
                parameters,
                to,
                hangs);
    }

    @Override
    public String toString() {
        return name;
    }

    private static NodeState stopped(String state) {
        return new NodeState.Stopped(new ControlData(
                new SystemId("7277694203142172922"), state, Clusters.WRITTEN, new Timeline(3), true, true));
    }

    /// @param reached whether the old primary's host answers; else the site has a fence, unless it is ahead
    /// @param ahead another standby has received more than the candidate
    private static Topology lost(NodeState primary, boolean reached, boolean ahead) {
        var nodes = new LinkedHashMap<NodeName, NodeState>();
        nodes.put(PG1, primary);
        nodes.put(PG2, receiving(Clusters.WRITTEN));
        nodes.put(PG3, receiving(new Lsn(Clusters.WRITTEN.value() + (ahead ? AHEAD : 0))));
        var poolers = new LinkedHashMap<PoolerName, PoolerState>();
        poolers.put(PGB1, Clusters.answering("10.0.1.11", false));
        poolers.put(
                PGB2,
                reached || ahead ? Clusters.answering("10.0.1.11", false) : new PoolerState.Unreachable("no answer"));
        return new Topology(reached || ahead ? Clusters.cluster() : fenced(), Instant.EPOCH, nodes, poolers);
    }

    private static NodeState receiving(Lsn received) {
        return Clusters.standby(received, Optional.empty(), 3, ReplayPause.NOT_PAUSED, Duration.ZERO);
    }

    private static Cluster fenced() {
        var cluster = Clusters.cluster();
        var commands = new FenceCommands(List.of("off"), List.of("is-off"), Duration.ofSeconds(5));
        return new Cluster(
                cluster.name(),
                cluster.environment(),
                Map.of(),
                cluster.nodes().stream()
                        .map(node -> node.name().equals(PG1)
                                ? new Node(
                                        node.name(),
                                        node.host(),
                                        node.priority(),
                                        node.tags(),
                                        node.ssh(),
                                        node.postgres(),
                                        Optional.of(commands))
                                : node)
                        .toList(),
                cluster.poolers(),
                cluster.databases(),
                Map.of());
    }
}
