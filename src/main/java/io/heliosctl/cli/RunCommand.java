package io.heliosctl.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--terminate-blockers",
            description = "Short for --set terminate_blockers=true, for a runbook that has this parameter.")
    private boolean terminateBlockers;

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
        var parameters = inventory.parameters();
        if (terminateBlockers) {
            parameters.put(SwitchoverCommand.TERMINATE_BLOCKERS, "true");
        }
        return new RunFlow(inventory, run, confirmation, output)
                .execute(runbook, Optional.ofNullable(cluster), parameters);
    }
}
