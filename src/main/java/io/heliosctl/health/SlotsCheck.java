package io.heliosctl.health;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Slot;

/// How much WAL replication slots keep, and whether anybody uses them.
final class SlotsCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("slots");
        var many = subject.topology().nodes().values().stream()
                .filter(Running.class::isInstance)
                .mapToInt(state -> ((Running) state).slots().size())
                .sum();
        subject.topology().nodes().forEach((name, state) -> {
            if (state instanceof Running running) {
                running.slots().forEach(slot -> slot(name, running, slot, result));
            }
        });
        return result.build(many == 0 ? "no replication slots" : "replication slots are in use and keep little WAL");
    }

    private static void slot(NodeName node, Running server, Slot slot, CheckResult.Builder result) {
        if (!slot.active()) {
            result.wrong(ServiceState.WARNING, "nobody uses slot %s on %s".formatted(slot.name(), node));
        }
        slot.restart().ifPresent(restart -> {
            double kept = restart.bytesBehind(server.position());
            result.measure(
                    Metric.RETAINED,
                    node + "_" + slot.name(),
                    kept,
                    "slot %s on %s keeps %s of WAL".formatted(slot.name(), node, Metric.RETAINED.text(kept)));
        });
    }
}
