package io.heliosctl.cli;

import io.heliosctl.inventory.SelectionException;
import io.heliosctl.model.Problem;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunStory;
import io.heliosctl.run.Runs;
import io.heliosctl.run.UnfinishedRuns;
import io.heliosctl.view.RunJson;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds the run that is meant.
final class RunChoice {

    private final InventoryOptions inventory;

    RunChoice(InventoryOptions inventory) {
        this.inventory = inventory;
    }

    /// The run that was typed, or the only unfinished one of the inventory's clusters; empty if there is
    /// none.
    ///
    /// @throws SelectionException if there is no such run, or several
    Optional<RunId> find(Optional<String> typed) {
        var runs = RunDirectory.ofProcess();
        if (typed.isPresent()) {
            return Optional.of(Runs.find(runs, typed.get()));
        }
        var open = inventory.clusters().stream()
                .flatMap(cluster -> UnfinishedRuns.of(runs, cluster.name()).stream())
                .map(RunStory::id)
                .toList();
        if (open.size() > 1) {
            throw new SelectionException(Problem.error("which-run", "%d runs are unfinished".formatted(open.size()))
                    .detail(open.stream().map(RunId::value).collect(Collectors.joining(", ")) + ".")
                    .hint("Type which one is meant."));
        }
        return open.stream().findFirst();
    }

    /// Says that there is nothing to go on with, which is no failure.
    ///
    /// @return the exit code
    int none(OutputOptions output, String command) {
        var clusters =
                inventory.clusters().stream().map(cluster -> cluster.name()).toList();
        var cluster = clusters.size() == 1 ? clusters.getFirst() : "";
        if (output.format() == OutputFormat.TABLE) {
            output.result().println("No run is unfinished; nothing to %s.".formatted(command));
        } else {
            output.print(RunJson.nothing(cluster, ""));
        }
        return ExitCode.DONE;
    }
}
