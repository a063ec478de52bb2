package io.heliosctl.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `heliosctl clone`: a node gets a new copy of the primary.
@Command(
        name = "clone",
        mixinStandardHelpOptions = true,
        header = "Give a node a new copy of the primary by pg_basebackup.",
        description = {
            "",
            "For a new node with an empty data directory, or one whose data is not to be used any more. The copy is made "
                    + "beside the data directory and then takes its place; the old one is kept under another name and "
                    + "never deleted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl clone pgdb3             asks first",
            "  heliosctl clone pgdb3 --dry-run   prove it, show it, change nothing"
        })
final class CloneCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NODE", description = "The node that gets it.")
    private String node;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "The cluster; may be left out, since the node names it.")
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
                .execute("clone", Optional.ofNullable(cluster), Optional.of(node), Map.of("node", node));
    }
}
