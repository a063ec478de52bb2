package io.heliosctl.runbook;

import io.heliosctl.model.Cast;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A made-up cluster with one node and one pooler in each role, for looking into a runbook without a real
/// one.
final class Pretence {

    private Pretence() {}

    static Cast cast(Runbook runbook) {
        var nodes = new LinkedHashMap<String, List<NodeName>>();
        var poolers = new LinkedHashMap<String, List<PoolerName>>();
        runbook.cast().forEach((name, role) -> {
            if (role.isPooler()) {
                poolers.put(name, List.of(new PoolerName("pooler")));
            } else {
                nodes.put(name, List.of(new NodeName("node")));
            }
        });
        return new Cast(nodes, poolers);
    }

    /// What templates and conditions see. Of the cluster only its name and environment: what else there is
    /// differs.
    static Map<String, Object> context(Runbook runbook) {
        var parameters = new LinkedHashMap<String, Object>();
        runbook.parameters().forEach((name, parameter) -> parameters.put(name, parameter.sample()));
        var roles = new LinkedHashMap<String, Object>();
        runbook.cast().forEach((name, role) -> roles.put(name, List.of(role.isPooler() ? "pooler" : "node")));
        var cluster = Map.of("name", "cluster", "environment", "production", "vars", Map.of(), "databases", List.of());
        return Map.of("params", parameters, "cast", roles, "cluster", cluster);
    }
}
