package io.heliosctl.health;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Proofs;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.model.Topology;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the checks look at.
///
/// @param expected where the primary should be, if somebody has said so
/// @param memory of the last time
/// @param patience how long one question may take
/// @param switchover the runbook whose preflight tells whether the primary can be moved
public record CheckSubject(
        ClusterControl cluster,
        Proofs proofs,
        Topology topology,
        Thresholds limits,
        Optional<NodeName> expected,
        CheckMemory memory,
        Instant now,
        Duration patience,
        Runbook switchover,
        RunDirectory runs,
        List<SwitchTrace> switches) {

    /// The one node that accepts writes; empty if there is none or more than one.
    Optional<NodeName> primary() {
        return topology.primary();
    }

    Optional<NodeState.Primary> primaryState() {
        return primary().map(name -> (NodeState.Primary) topology.state(name));
    }

    CheckResult.Builder result(String check) {
        return new CheckResult.Builder(check, limits);
    }
}
