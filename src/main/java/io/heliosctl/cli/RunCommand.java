package io.heliosctl.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `heliosctl run`: any runbook, by name or path.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run a runbook on a cluster.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl run switchover main --set to=pgdb2 --dry-run",
            "  heliosctl run ./runbooks/our-switchover.yaml main",
            "  heliosctl run --plan plan.json               what --dry-run --out has saved",
            "  heliosctl runbook list                       which there are"
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUNBOOK",
            description = "A name, or the path of a file; not with --plan.")
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

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        var parameters = inventory.parameters();
        if (terminateBlockers) {
            PauseOptions.terminateBlockers(parameters);
        }
        run.check(runbook != null || !parameters.isEmpty());
        var flow = new RunFlow(inventory, run, confirmation, output);
        if (run.saved().isPresent()) {
            return flow.execute(run.saved().get());
        }
        if (runbook == null) {
            throw new ParameterException(command.commandLine(), "name a RUNBOOK, or give --plan FILE");
        }
        return flow.execute(runbook, Optional.ofNullable(cluster), parameters);
    }
}
