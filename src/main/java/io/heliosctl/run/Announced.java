package io.heliosctl.run;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.ProblemException;
import io.heliosctl.step.Promote;
import java.util.List;
import java.util.Optional;

/// What the failover away from a node said would be lost, as its journal has it.
///
/// @param run the failover
/// @param loss its words
public record Announced(RunId run, String loss) {

    private static final String ROLE = "old_primary";

    /// Of the last failover made from this machine; empty if there was none.
    public static Optional<Announced> of(RunDirectory directory, String cluster, NodeName lost) {
        return Runs.ids(directory).stream()
                .flatMap(run -> read(directory, run).stream())
                .filter(history -> history.header().cluster().equals(cluster)
                        && history.header()
                                .nodes()
                                .getOrDefault(ROLE, List.of())
                                .contains(lost.value()))
                .flatMap(history -> loss(history).stream())
                .findFirst();
    }

    private static Optional<Announced> loss(History history) {
        return history.entries().stream()
                .map(History.Entry::remark)
                .filter(Promote::tellsLoss)
                .map(remark -> new Announced(history.id(), remark))
                .reduce((first, last) -> last);
    }

    /// A journal that cannot be read is told elsewhere.
    private static Optional<History> read(RunDirectory directory, RunId run) {
        try {
            return Optional.of(JournalReader.read(directory, run));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
