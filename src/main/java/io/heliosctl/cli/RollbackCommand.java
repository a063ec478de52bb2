package io.heliosctl.cli;

import io.heliosctl.cli.TakenUp.Direction;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `heliosctl rollback`: takes a run back.
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        header = "Take an unfinished run back, as long as nothing was promoted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl rollback                      the only unfinished run",
            "  heliosctl rollback 20261120T0312 --dry-run   show what would be taken back"
        })
final class RollbackCommand implements Callable<Integer> {

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
            return new RunChoice(inventory).none(output, "rollback");
        }
        return new ResumeFlow(Direction.ROLLBACK, inventory, options, confirmation, output).execute(found.get());
    }
}
