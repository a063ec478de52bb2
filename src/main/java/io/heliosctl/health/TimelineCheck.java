package io.heliosctl.health;

import io.heliosctl.model.NodeState.Running;

/// That all servers are on the primary's line of history.
final class TimelineCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("timeline");
        var primary = subject.primaryState();
        if (primary.isEmpty()) {
            return result.unknown("there is not one primary to compare with");
        }
        var own = primary.get().identity();
        subject.topology().nodes().forEach((name, state) -> {
            if (!(state instanceof Running running)) {
                return;
            }
            var identity = running.identity();
            if (!identity.systemId().equals(own.systemId())) {
                result.wrong(ServiceState.CRITICAL, name + " belongs to another database cluster");
            } else if (!identity.timeline().equals(own.timeline())) {
                result.wrong(
                        ServiceState.CRITICAL,
                        "%s is on timeline %s, the primary on %s".formatted(name, identity.timeline(), own.timeline()));
            }
        });
        return result.measure(Metric.TIMELINE, "", own.timeline().id(), "timeline " + own.timeline())
                .build("timeline " + own.timeline());
    }
}
