package io.heliosctl.view;

import io.heliosctl.health.Verdict;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.Histories;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.model.Topology;
import java.util.List;
import java.util.Optional;

/// All that `heliosctl status` knows of one cluster.
///
/// @param switches the dead-man's switches that its hosts know of
/// @param histories what the timelines tell
/// @param evidence who reaches its primary, if that seems to be lost
public record ClusterStatus(
        Topology topology,
        Verdict verdict,
        List<SwitchTrace> switches,
        Histories histories,
        Optional<Evidence> evidence) {

    public ClusterStatus {
        switches = List.copyOf(switches);
    }
}
