package io.heliosctl.cli;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.Topology;
import io.heliosctl.run.History;
import io.heliosctl.run.LostPrimaries;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.Suspicion;
import io.heliosctl.runbook.Role;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.view.FailoverText;
import java.util.List;
import java.util.Optional;

/// The first look of whoever goes on with a run. Where that is about a lost primary which still cannot be
/// reached, every other way to its host is tried again, and everybody is asked again whether it is dead.
record SecondLook(Runbook runbook, History history, Session session, OutputOptions output) {

    /// Looks at everything.
    ///
    /// @param forwards whether somebody wants the run to be finished
    /// @throws RefusedException if the primary is not lost any more, and nobody was promoted yet
    Topology look(boolean forwards) {
        var topology = session.observe();
        var lost = player(Role.LostPrimary.class);
        if (!LostPrimaries.isAbout(runbook)
                || lost.isEmpty()
                || session.cluster().isReached(lost.get())) {
            return topology;
        }
        var evidence = session.cluster().failover().evidence(lost.get());
        var seen = session.observe();
        if (!output.isQuiet()) {
            output.story().print(FailoverText.of(evidence, output.style()));
        }
        if (forwards) {
            Suspicion.objectionToGoingOn(history, seen, evidence, player(Role.Candidate.class))
                    .ifPresent(problem -> {
                        throw new RefusedException(problem);
                    });
        }
        return seen;
    }

    private Optional<NodeName> player(Class<? extends Role> role) {
        return runbook.cast().entrySet().stream()
                .filter(entry -> role.isInstance(entry.getValue()))
                .flatMap(entry -> history.header().nodes().getOrDefault(entry.getKey(), List.of()).stream())
                .map(NodeName::new)
                .findFirst();
    }
}
