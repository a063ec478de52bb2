package io.heliosctl.health;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Topology;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.runbook.Runbooks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What checks look at, made up.
final class Subjects {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Subjects() {}

    static CheckSubject of(Topology topology) {
        return of(topology, Optional.empty(), CheckMemory.none());
    }

    static CheckSubject of(Topology topology, Optional<NodeName> expected, CheckMemory memory) {
        var rehearsal = Rehearsal.of(topology);
        return new CheckSubject(
                rehearsal,
                null,
                topology,
                Thresholds.standard(topology.nodes().size() - 1),
                expected,
                memory,
                NOW,
                Duration.ofSeconds(1),
                new Runbooks(List.of()).find("switchover"),
                new RunDirectory(Path.of("/nowhere/runs")),
                List.of());
    }
}
