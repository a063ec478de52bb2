package io.heliosctl.run;

import io.heliosctl.model.Cast;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.runbook.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The cast of a run that was cut off: who it was, not who it would be now.
final class FrozenCast {

    private final Cluster cluster;

    FrozenCast(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Casts every role as the run had it.
    ///
    /// @param roles of the runbook
    /// @throws RefusedException if a role was not cast, or somebody in the cast is not in the inventory any
    ///     more
    Cast of(Map<String, Role> roles, History.Header header) {
        var nodes = new LinkedHashMap<String, List<NodeName>>();
        var poolers = new LinkedHashMap<String, List<PoolerName>>();
        roles.forEach((name, role) -> {
            if (role.isPooler()) {
                poolers.put(name, members(name, header.poolers(), PoolerName::new, poolerNames()));
            } else {
                nodes.put(name, members(name, header.nodes(), NodeName::new, nodeNames()));
            }
        });
        return new Cast(nodes, poolers);
    }

    private <T> List<T> members(
            String role, Map<String, List<String>> cast, Function<String, T> make, Collection<String> known) {
        var members = Optional.ofNullable(cast.get(role))
                .orElseThrow(() -> new RefusedException(
                        Problem.error("runbook-changed", "the runbook has a role that this run has not cast: " + role)
                                .hint("Put the runbook back as it was when the run began.")));
        for (var member : members) {
            if (!known.contains(member)) {
                throw new RefusedException(Problem.error(
                                "inventory-changed",
                                "%s has a part in this run and is not in the inventory".formatted(member))
                        .detail("It plays \"%s\" in cluster %s.".formatted(role, cluster.name()))
                        .hint("Put it back into the inventory."));
            }
        }
        return members.stream().map(make).toList();
    }

    private List<String> nodeNames() {
        return cluster.nodes().stream().map(node -> node.name().value()).toList();
    }

    private List<String> poolerNames() {
        return cluster.poolers().stream().map(pooler -> pooler.name().value()).toList();
    }
}
