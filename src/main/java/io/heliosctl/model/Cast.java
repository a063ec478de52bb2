package io.heliosctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who plays which role in one run, bound once and frozen: "the primary" changes its meaning half-way.
///
/// @param nodes node names by role, such as `old_primary` -> `[pgdb1]`; in the order declared
/// @param poolers pooler names by role
public record Cast(Map<String, List<NodeName>> nodes, Map<String, List<PoolerName>> poolers) {

    public Cast {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        poolers = Collections.unmodifiableMap(new LinkedHashMap<>(poolers));
    }

    /// The nodes of a role; none if there is no such role.
    public List<NodeName> nodesOf(String role) {
        return nodes.getOrDefault(role, List.of());
    }

    /// The poolers of a role; none if there is no such role.
    public List<PoolerName> poolersOf(String role) {
        return poolers.getOrDefault(role, List.of());
    }
}
