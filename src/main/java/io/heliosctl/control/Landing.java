package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.Landed;
import java.util.List;
import java.util.Optional;

/// Says which node a write through a pooler arrived at.
final class Landing {

    private Landing() {}

    /// The one node all writes landed on, which must accept writes.
    ///
    /// @param primaries the nodes that accept writes
    /// @throws ProblemException if they did not land on one primary
    static String of(Cluster cluster, PoolerName pooler, List<Landed> landed, List<NodeName> primaries) {
        if (landed.stream().anyMatch(Landed::inRecovery)) {
            throw new ProblemException(
                    Problem.error("landed-on-standby", "writes through %s land on a standby".formatted(pooler)));
        }
        var names = landed.stream()
                .map(landing -> name(cluster, pooler, landing, primaries))
                .distinct()
                .toList();
        if (names.size() != 1) {
            throw new ProblemException(
                    Problem.error("landed-apart", "the processes of %s lead to different servers".formatted(pooler))
                            .detail(names + "."));
        }
        return names.getFirst();
    }

    /// By address where it is the inventory's; a write was accepted, so with one primary it can only have
    /// been there.
    private static String name(Cluster cluster, PoolerName pooler, Landed landed, List<NodeName> primaries) {
        var host = landed.address().orElse(cluster.pooler(pooler).host());
        return cluster.nodes().stream()
                .filter(node -> node.host().equals(host) && node.postgres().port() == landed.port())
                .map(Node::name)
                .findFirst()
                .or(() -> primaries.size() == 1 ? primaries.stream().findFirst() : Optional.empty())
                .map(NodeName::value)
                .orElse(host + ":" + landed.port());
    }
}
