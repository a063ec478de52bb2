package io.heliosctl.cli;

import io.heliosctl.cli.TakenUp.Direction;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `heliosctl resume`: goes on with a run.
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        header = "Go on with a run that was cut off or is unfinished.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl resume                           the only unfinished run",
            "  heliosctl resume 20261120T0312 --dry-run   show what is left to do"
        })
final class ResumeCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its id, or as much of its beginning as no other one has. May be left out if there is one "
                    + "unfinished run.")
    private String run;

    @Mixin
    private InventoryOptions inventory;

    @Mixin
    private ResumeOptions options;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        var found = new RunChoice(inventory).find(Optional.ofNullable(run));
        if (found.isEmpty()) {
            return new RunChoice(inventory).none(output, "resume");
        }
        return new ResumeFlow(Direction.RESUME, inventory, options, confirmation, output).execute(found.get());
    }
}
