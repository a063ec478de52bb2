package io.heliosctl.health;

import java.util.List;

/// What was found of one cluster.
///
/// @param before what was known before
/// @param after what is known now
public record CheckReport(
        String cluster, List<CheckResult> results, Thresholds limits, CheckMemory before, CheckMemory after) {

    public CheckReport {
        results = List.copyOf(results);
    }

    /// The worst of its checks.
    public ServiceState severity() {
        return ServiceState.worst(results.stream().map(CheckResult::severity).toList());
    }

    /// True if anything is not as it was the last time, or something is wrong the first time.
    public boolean isNews() {
        return results.stream()
                        .anyMatch(result ->
                                before.states().getOrDefault(result.check(), ServiceState.OK) != result.severity())
                || (before.primary().isPresent() && !before.primary().equals(after.primary()));
    }
}
