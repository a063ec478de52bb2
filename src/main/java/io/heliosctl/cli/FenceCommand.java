package io.heliosctl.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl fence`: a former primary must not write.
@Command(
        name = "fence",
        mixinStandardHelpOptions = true,
        header = "Make sure that a node cannot write, and comes back read-only if it comes back.",
        description = {
            "",
            "For a former primary that is back after a failover. Stops PostgreSQL there and leaves standby.signal in its "
                    + "data directory, so that any later start is read-only; nothing of it is deleted. The report says "
                    + "which transactions only it has. Which of two primaries is the one to stop is yours to say: "
                    + "\"heliosctl status\" shows what the timelines tell. To stop the one that they do not speak "
                    + "against, the words \"stop NODE\" have to be typed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl fence pgdb1                  asks first",
            "  heliosctl fence pgdb1 --dry-run        prove it, show it, change nothing",
            "  heliosctl fence pgdb1 --yes -o json    without a terminal, for a program"
        })
final class FenceCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NODE", description = "The node that must not write.")
    private String node;

    @Option(
            names = "--words",
            paramLabel = "WORDS",
            description = "The words \"stop NODE\", in place of typing them where they are asked for.")
    private String words;

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
        return new RunFlow(inventory, run, confirmation, output, Optional.ofNullable(words))
                .execute("fence", Optional.empty(), Optional.of(node), Map.of("node", node));
    }
}
