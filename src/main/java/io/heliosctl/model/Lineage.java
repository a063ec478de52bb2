package io.heliosctl.model;

import io.heliosctl.model.NodeState.Standby;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The line of history a cluster without a primary is on: WAL positions can only be compared on the same one.
public record Lineage(SystemId systemId, Timeline timeline) {

    /// The system identifier most standbys have, and the latest timeline that any of these is on.
    public static Optional<Lineage> ofStandbys(Collection<NodeState> states) {
        var standbys = states.stream()
                .filter(Standby.class::isInstance)
                .map(Standby.class::cast)
                .toList();
        var counts = standbys.stream()
                .collect(Collectors.groupingBy(standby -> standby.identity().systemId(), Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<SystemId, Long>comparingByValue()
                        .thenComparing(entry -> entry.getKey().value()))
                .map(Map.Entry::getKey)
                .flatMap(system -> standbys.stream()
                        .filter(standby -> standby.identity().systemId().equals(system))
                        .map(standby -> standby.identity().timeline())
                        .max(Comparator.comparing(Function.identity()))
                        .map(timeline -> new Lineage(system, timeline)));
    }

    /// True if a standby is on it.
    public boolean holds(Standby standby) {
        return standby.identity().systemId().equals(systemId)
                && standby.identity().timeline().equals(timeline);
    }
}
