package io.heliosctl.view;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Topology;
import java.util.OptionalLong;

/// How far a position is behind the primary.
final class Lag {

    private Lag() {}

    /// Bytes; empty where there is no primary, or more than one.
    static OptionalLong behindPrimary(Topology topology, Lsn position) {
        var primaries = topology.primaries();
        if (primaries.size() != 1 || !(topology.state(primaries.getFirst()) instanceof NodeState.Primary primary)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(position.bytesBehind(primary.written()));
    }
}
