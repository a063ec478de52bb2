package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Topology;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// Looks at every node and pooler at once.
record Everybody(Cluster cluster, Function<NodeName, NodeState> node, Function<PoolerName, PoolerState> pooler) {

    Topology look() {
        var states = new LinkedHashMap<NodeName, NodeState>();
        var fronts = new LinkedHashMap<PoolerName, PoolerState>();
        var names = cluster.nodes().stream().map(Node::name).toList();
        var doors = cluster.poolers().stream().map(Pooler::name).toList();
        InParallel.<Runnable, Boolean>map(
                List.of(
                        () -> {
                            var seen = InParallel.map(names, node);
                            for (int i = 0; i < names.size(); i++) {
                                states.put(names.get(i), seen.get(i));
                            }
                        },
                        () -> {
                            var seen = InParallel.map(doors, pooler);
                            for (int i = 0; i < doors.size(); i++) {
                                fronts.put(doors.get(i), seen.get(i));
                            }
                        }),
                task -> {
                    task.run();
                    return true;
                });
        return new Topology(cluster, Instant.now(), states, fronts);
    }
}
