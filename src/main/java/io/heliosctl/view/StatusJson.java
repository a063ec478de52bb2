package io.heliosctl.view;

import io.heliosctl.model.Histories;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `heliosctl.status.v1`: its names are a contract; more may be added, none taken away.
public final class StatusJson {

    private StatusJson() {}

    /// The whole document, as plain values.
    public static Map<String, Object> of(List<ClusterStatus> clusters) {
        var document = new LinkedHashMap<String, Object>();
        document.put("schema", "heliosctl.status.v1");
        document.put("clusters", clusters.stream().map(StatusJson::cluster).toList());
        return document;
    }

    private static Map<String, Object> cluster(ClusterStatus status) {
        var topology = status.topology();
        var verdict = status.verdict();
        var primary = topology.primary();
        var identity = primary.map(topology::state).map(state -> ((NodeState.Primary) state).identity());
        var json = new LinkedHashMap<String, Object>();
        json.put("name", topology.cluster().name());
        json.put("environment", topology.cluster().environment());
        json.put("diagnosis", verdict.diagnosis().word());
        json.put("primary", primary.map(NodeName::value).orElse(null));
        json.put("timeline", identity.map(each -> each.timeline().id()).orElse(null));
        json.put(
                "system_identifier",
                identity.map(each -> each.systemId().value()).orElse(null));
        json.put(
                "nodes",
                topology.cluster().nodes().stream()
                        .map(node -> node(topology, node))
                        .toList());
        json.put(
                "poolers",
                topology.cluster().poolers().stream()
                        .map(pooler -> pooler(topology, pooler))
                        .toList());
        json.put("switches", status.switches().stream().map(SwitchText::json).toList());
        json.put("safe_to_switch_over", verdict.safe());
        json.put("verdict", verdict.sentence());
        json.put(
                "problems", verdict.problems().stream().map(StatusJson::problem).toList());
        status.evidence().ifPresent(lost -> json.put("evidence", FailoverText.json(lost)));
        if (!status.histories().equals(Histories.unknown())) {
            json.put("histories", HistoriesJson.of(status.histories()));
        }
        return json;
    }

    private static Map<String, Object> node(Topology topology, Node node) {
        var state = topology.state(node.name());
        var json = new LinkedHashMap<String, Object>();
        json.put("name", node.name().value());
        json.put("host", node.host());
        json.put("role", role(state));
        var running =
                state instanceof NodeState.Running server ? Optional.of(server) : Optional.<NodeState.Running>empty();
        var stopped = state instanceof NodeState.Stopped down ? Optional.of(down) : Optional.<NodeState.Stopped>empty();
        json.put(
                "version",
                running.map(server -> server.identity().version().toString()).orElse(null));
        json.put(
                "timeline",
                running.map(server -> server.identity().timeline().id())
                        .or(() -> stopped.map(down -> down.control().timeline().id()))
                        .orElse(null));
        json.put(
                "lsn",
                running.map(server -> server.position().toString())
                        .or(() ->
                                stopped.map(down -> down.control().checkpoint().toString()))
                        .orElse(null));
        var standby = state instanceof NodeState.Standby each ? Optional.of(each) : Optional.<NodeState.Standby>empty();
        json.put("upstream", topology.upstream(node.name()).map(NodeName::value).orElse(null));
        json.put("streaming", standby.map(NodeState.Standby::isStreaming).orElse(null));
        json.put(
                "receive_lag_bytes",
                standby.map(each -> lag(topology, each.received())).orElse(null));
        json.put(
                "replay_lag_bytes",
                standby.map(each -> lag(topology, each.replayed())).orElse(null));
        json.put("problem", Trouble.of(state).orElse(null));
        return json;
    }

    /// The word for what a node is.
    static String role(NodeState state) {
        return switch (state) {
            case NodeState.Primary primary -> "primary";
            case NodeState.Standby standby -> "standby";
            case NodeState.Stopped stopped -> "stopped";
            case NodeState.Unreachable unreachable -> "unreachable";
        };
    }

    private static Long lag(Topology topology, Lsn position) {
        var lag = Lag.behindPrimary(topology, position);
        return lag.isPresent() ? lag.getAsLong() : null;
    }

    private static Map<String, Object> pooler(Topology topology, Pooler pooler) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", pooler.name().value());
        json.put("host", pooler.host());
        switch (topology.state(pooler.name())) {
            case PoolerState.Answering answering -> {
                json.put(
                        "target",
                        topology.target(pooler.name()).map(NodeName::value).orElse(null));
                json.put("paused", answering.isPaused());
                json.put("clients", answering.clients());
                json.put("waiting", answering.waiting());
                json.put("problem", null);
            }
            case PoolerState.Unreachable unreachable -> {
                List.of("target", "paused", "clients", "waiting").forEach(name -> json.put(name, null));
                json.put("problem", unreachable.reason());
            }
        }
        return json;
    }

    /// A problem as plain values.
    static Map<String, Object> problem(Problem problem) {
        var json = new LinkedHashMap<String, Object>();
        json.put("severity", problem.isError() ? "error" : "warning");
        json.put("code", problem.code());
        json.put("message", problem.message());
        json.put("detail", problem.detail());
        json.put("hint", problem.hint());
        return json;
    }
}
