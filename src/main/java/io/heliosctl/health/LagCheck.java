package io.heliosctl.health;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Standby;

/// How far the standbys are behind.
final class LagCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("lag");
        var primary = subject.primaryState();
        if (primary.isEmpty()) {
            return result.unknown("there is not one primary to compare with");
        }
        subject.topology().nodes().forEach((name, state) -> {
            if (state instanceof Standby standby) {
                measure(name, standby, primary.get().written(), result);
            }
        });
        return result.build("no standby is far behind");
    }

    private static void measure(NodeName name, Standby standby, Lsn written, CheckResult.Builder result) {
        double behind = standby.replayed().bytesBehind(written);
        result.measure(Metric.LAG, name.value(), behind, "%s is %s behind".formatted(name, Metric.LAG.text(behind)));
        standby.facts().replayLag().ifPresent(lag -> {
            var seconds = behind == 0 ? 0 : lag.toMillis() / 1000.0;
            result.measure(
                    Metric.LAG_SECONDS,
                    name.value(),
                    seconds,
                    "%s is %s behind".formatted(name, Metric.LAG_SECONDS.text(seconds)));
        });
    }
}
