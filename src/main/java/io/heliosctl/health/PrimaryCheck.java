package io.heliosctl.health;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.run.Primaries;
import java.time.Duration;
import java.util.stream.Collectors;

/// That there is exactly one primary, and that it is where it was.
final class PrimaryCheck implements HealthCheck {

    /// So long a move is told as a warning, so that a monitoring system that looks now and then sees it.
    static final Duration NEWS = Duration.ofMinutes(10);

    private static final String NAME = "primary";

    @Override
    public CheckResult of(CheckSubject subject) {
        var topology = subject.topology();
        var result = subject.result(NAME);
        if (topology.nodes().values().stream().allMatch(NodeState.Unreachable.class::isInstance)) {
            return result.unknown("no node could be asked");
        }
        if (subject.primary().isEmpty()) {
            var names = topology.primaries().isEmpty() ? silent(subject) : names(subject);
            return result.wrong(
                            ServiceState.CRITICAL, Primaries.problem(topology).message() + names)
                    .build("");
        }
        var primary = subject.primary().orElseThrow();
        if (subject.expected().isPresent()) {
            var expected = subject.expected().orElseThrow();
            if (!expected.equals(primary)) {
                result.wrong(ServiceState.CRITICAL, "the primary is %s, not %s".formatted(primary, expected));
            }
        } else {
            moved(subject, primary, result);
        }
        return result.build("primary " + primary);
    }

    private static void moved(CheckSubject subject, NodeName primary, CheckResult.Builder result) {
        var memory = subject.memory();
        memory.primary()
                .filter(before -> !before.equals(primary))
                .ifPresentOrElse(
                        before -> result.wrong(
                                ServiceState.WARNING, "the primary is %s now, it was %s".formatted(primary, before)),
                        () -> memory.moved()
                                .map(at -> Duration.between(at, subject.now()))
                                .filter(age -> age.compareTo(NEWS) < 0)
                                .ifPresent(age -> result.wrong(
                                        ServiceState.WARNING,
                                        "the primary is %s since %s".formatted(primary, Amounts.time(age)))));
    }

    private static String names(CheckSubject subject) {
        return subject.topology().primaries().stream()
                .map(NodeName::toString)
                .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String silent(CheckSubject subject) {
        var silent = subject.topology().nodes().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof NodeState.Unreachable)
                .map(entry -> entry.getKey().toString())
                .toList();
        return silent.isEmpty() ? "" : ", and %s could not be asked".formatted(String.join(", ", silent));
    }
}
