package io.heliosctl.health;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.PoolerState.Answering;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// That every pooler leads to the primary, and nobody waits there for long.
final class PoolersCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("poolers");
        subject.topology().poolers().forEach((name, state) -> {
            switch (state) {
                case PoolerState.Unreachable unreachable ->
                    result.wrong(ServiceState.CRITICAL, "pooler %s could not be asked".formatted(name));
                case Answering answering -> answering(subject, name, answering, result);
            }
        });
        var count = subject.topology().poolers().size();
        var lead = count == 1 ? "1 pooler leads" : count + " poolers lead";
        return result.build(count == 0 ? "no poolers" : lead + " to the primary");
    }

    private static void answering(CheckSubject subject, PoolerName name, Answering state, CheckResult.Builder result) {
        if (state.isPaused()) {
            result.wrong(ServiceState.CRITICAL, "pooler %s is paused".formatted(name));
        }
        var target = subject.topology().target(name);
        if (subject.primary().isPresent() && !target.equals(subject.primary())) {
            result.wrong(ServiceState.CRITICAL, "pooler %s leads to %s".formatted(name, words(target)));
        }
        var longest = state.instances().stream()
                .map(PoolerState.Instance::longestWait)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        var seconds = longest.toMillis() / 1000.0;
        result.measure(
                        Metric.CLIENTS,
                        name.value(),
                        state.clients(),
                        "pooler %s has %d clients".formatted(name, state.clients()))
                .measure(
                        Metric.WAITING,
                        name.value(),
                        state.waiting(),
                        "%d clients wait at %s".formatted(state.waiting(), name))
                .measure(
                        Metric.MAXWAIT,
                        name.value(),
                        seconds,
                        "a client waits at %s for %s".formatted(name, Metric.MAXWAIT.text(seconds)));
    }

    private static String words(Optional<NodeName> target) {
        return target.map(node -> node + ", which is not the primary").orElse("no single node");
    }
}
