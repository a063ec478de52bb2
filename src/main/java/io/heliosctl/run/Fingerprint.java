package io.heliosctl.run;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Topology;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a plan was made for. If it has changed since, the plan is stale.
///
/// @param primaries who accepted writes
/// @param nodes system identifier and timeline of every node that answered
public record Fingerprint(List<NodeName> primaries, Map<NodeName, Line> nodes) {

    /// The line of history a node is on.
    public record Line(SystemId systemId, Timeline timeline) {}

    public static Fingerprint of(Topology topology) {
        var lines = new TreeMap<NodeName, Line>();
        topology.nodes().forEach((name, state) -> {
            if (state instanceof NodeState.Running running) {
                var identity = running.identity();
                lines.put(name, new Line(identity.systemId(), identity.timeline()));
            }
        });
        return new Fingerprint(topology.primaries(), lines);
    }

    /// As plain values.
    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("primaries", primaries.stream().map(NodeName::value).toList());
        var all = new LinkedHashMap<String, Object>();
        nodes.forEach((name, line) -> {
            var values = new LinkedHashMap<String, Object>();
            values.put("system_identifier", line.systemId().value());
            values.put("timeline", line.timeline().id());
            all.put(name.value(), values);
        });
        map.put("nodes", all);
        return map;
    }

    /// Reads what [#asMap] wrote.
    ///
    /// @throws RuntimeException if it is something else
    static Fingerprint of(Map<?, ?> map) {
        var lines = new TreeMap<NodeName, Line>();
        ((Map<?, ?>) map.get("nodes")).forEach((name, values) -> {
            var line = (Map<?, ?>) values;
            lines.put(
                    new NodeName((String) name),
                    new Line(
                            new SystemId((String) line.get("system_identifier")),
                            new Timeline(((Number) line.get("timeline")).intValue())));
        });
        var primaries = ((List<?>) map.get("primaries"))
                .stream().map(name -> new NodeName((String) name)).toList();
        return new Fingerprint(primaries, lines);
    }

    /// In a few words.
    String shown() {
        var primary = primaries.isEmpty()
                ? "no primary"
                : "primary "
                        + String.join(
                                " and ", primaries.stream().map(NodeName::value).toList());
        return primary
                + nodes.entrySet().stream()
                        .map(entry -> ", %s on timeline %s"
                                .formatted(entry.getKey(), entry.getValue().timeline()))
                        .collect(Collectors.joining());
    }
}
