package io.heliosctl.view;

import io.heliosctl.health.Verdict;
import io.heliosctl.model.Amounts;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Topology;
import io.heliosctl.view.Table.Column;
import java.util.List;
import java.util.Optional;

/// A cluster as a table of nodes, a table of poolers and one sentence.
public final class StatusText {

    private static final List<Column> NODES = List.of(
            new Column("Node", false),
            new Column("Host", false, 1),
            new Column("Role", false),
            new Column("TL", true),
            new Column("WAL position", true, 3),
            new Column("Upstream", false, 4),
            new Column("Receive lag", true, 2),
            new Column("Replay lag", true),
            new Column("Problem", false));

    private static final List<Column> POOLERS = List.of(
            new Column("Pooler", false),
            new Column("Host", false, 1),
            new Column("Leads to", false),
            new Column("State", false),
            new Column("Clients", true, 3),
            new Column("Waiting", true, 2),
            new Column("Problem", false));

    private StatusText() {}

    /// Everything about one cluster; ends with a line feed.
    public static String of(Topology topology, Verdict verdict, Style style) {
        return of(topology, verdict, List.of(), style);
    }

    /// The same, with the dead-man's switches that the hosts know of.
    public static String of(Topology topology, Verdict verdict, List<SwitchTrace> switches, Style style) {
        var broken = Paragraph.of(verdict.sentence(), style.columns(), 0);
        var sentence = verdict.safe() ? style.good(broken) : style.warning(broken);
        return tables(topology, style) + SwitchText.of(switches, style) + sentence + "\n";
    }

    /// The tables without the sentence, as printed before and after a change.
    public static String tables(Topology topology, Style style) {
        var nodes = new Table(title(topology), NODES);
        topology.cluster().nodes().forEach(node -> nodes.row(row(topology, node)));
        if (topology.cluster().poolers().isEmpty()) {
            return nodes.draw(style.columns());
        }
        var poolers = new Table("Poolers", POOLERS);
        topology.cluster().poolers().forEach(pooler -> poolers.row(row(topology, pooler)));
        return nodes.draw(style.columns()) + poolers.draw(style.columns());
    }

    private static String title(Topology topology) {
        var id = topology.nodes().values().stream()
                .flatMap(state -> state instanceof NodeState.Running running
                        ? Optional.of(running.identity().systemId()).stream()
                        : Optional.<SystemId>empty().stream())
                .findFirst();
        var name = "Cluster: " + topology.cluster().name();
        return name + id.map(system -> " (" + system + ")").orElse("") + " "
                + topology.cluster().environment();
    }

    private static List<String> row(Topology topology, Node node) {
        var name = node.name();
        var host = node.host();
        return switch (topology.state(name)) {
            case NodeState.Primary primary ->
                List.of(
                        name.value(),
                        host,
                        "primary",
                        primary.identity().timeline().toString(),
                        primary.written().toString(),
                        "",
                        "",
                        "",
                        Trouble.of(primary).orElse(""));
            case NodeState.Standby standby -> standby(topology, node, standby);
            case NodeState.Stopped stopped ->
                List.of(
                        name.value(),
                        host,
                        "stopped",
                        stopped.control().timeline().toString(),
                        stopped.control().checkpoint().toString(),
                        "",
                        "",
                        "",
                        stopped.control().state());
            case NodeState.Unreachable unreachable ->
                List.of(name.value(), host, "unreachable", "", "", "", "", "", unreachable.reason());
        };
    }

    private static List<String> standby(Topology topology, Node node, NodeState.Standby standby) {
        return List.of(
                node.name().value(),
                node.host(),
                "standby",
                standby.identity().timeline().toString(),
                standby.received().toString(),
                topology.upstream(node.name()).map(NodeName::value).orElse(""),
                lag(topology, standby.received()),
                lag(topology, standby.replayed()),
                Trouble.of(standby).orElse(""));
    }

    private static String lag(Topology topology, Lsn position) {
        return Lag.behindPrimary(topology, position).isPresent()
                ? Amounts.bytes(Lag.behindPrimary(topology, position).getAsLong())
                : "";
    }

    private static List<String> row(Topology topology, Pooler pooler) {
        var name = pooler.name();
        return switch (topology.state(name)) {
            case PoolerState.Unreachable unreachable ->
                List.of(name.value(), pooler.host(), "", "unreachable", "", "", unreachable.reason());
            case PoolerState.Answering answering ->
                List.of(
                        name.value(),
                        pooler.host(),
                        topology.target(name).map(NodeName::value).orElse("?"),
                        answering.isPaused() ? "paused" : "active",
                        Integer.toString(answering.clients()),
                        Integer.toString(answering.waiting()),
                        "");
        };
    }
}
