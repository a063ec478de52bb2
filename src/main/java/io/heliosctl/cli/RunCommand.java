package io.heliosctl.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `heliosctl run`: any runbook, by name or path.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run a runbook on a cluster.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl run switchover main --set to=pgdb2 --dry-run",
            "  heliosctl run ./runbooks/our-switchover.yaml main",
            "  heliosctl runbook list                       which there are"
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUNBOOK", description = "A name, or the path of a file.")
    private String runbook;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER", description = "May be left out if there is one.")
    private String cluster;

    @Mixin
    private InventoryOptions inventory;

    @Mixin
    private RunOptions run;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        return new RunFlow(inventory, run, confirmation, output)
                .execute(runbook, Optional.ofNullable(cluster), inventory.parameters());
    }
}
