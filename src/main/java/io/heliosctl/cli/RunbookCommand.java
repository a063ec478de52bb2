package io.heliosctl.cli;

import io.heliosctl.document.Json;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.view.RunbookText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `heliosctl runbook`: which there are, what one says, whether one is right. Connects to nothing.
@Command(
        name = "runbook",
        mixinStandardHelpOptions = true,
        header = "List, show or check runbooks.",
        subcommands = {RunbookCommand.ListAll.class, RunbookCommand.Show.class, RunbookCommand.Check.class},
        synopsisSubcommandLabel = "list|show|check",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl runbook list",
            "  heliosctl runbook show switchover > our-switchover.yaml",
            "  heliosctl runbook check our-switchover.yaml"
        })
final class RunbookCommand {

    /// Every runbook that can be found by name.
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            header = "List the runbooks that can be found by name.",
            footerHeading = "%nExample:%n",
            footer = "  heliosctl runbook list -o json")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private InventoryOptions inventory;

        @Mixin
        private OutputOptions output;

        @Override
        public Integer call() {
            var runbooks = inventory.runbooks();
            var found = runbooks.names().stream().map(runbooks::find).toList();
            output.result()
                    .print(
                            output.format() == OutputFormat.TABLE
                                    ? RunbookText.list(found)
                                    : Json.document(RunbookText.json(found)));
            return ExitCode.DONE;
        }
    }

    /// One runbook as it is written.
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            header = "Print a runbook as it is written.",
            footerHeading = "%nExample:%n",
            footer = "  heliosctl runbook show switchover")
    static final class Show implements Callable<Integer> {

        @Parameters(paramLabel = "RUNBOOK", description = "A name, or the path of a file.")
        private String name;

        @Mixin
        private InventoryOptions inventory;

        @Mixin
        private OutputOptions output;

        @Override
        public Integer call() {
            output.result().print(inventory.runbooks().find(name).text());
            return ExitCode.DONE;
        }
    }

    /// Whether a runbook could be run.
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            header = "Check runbooks without connecting to anything. Exit 3 if one is wrong.",
            footerHeading = "%nExample:%n",
            footer = "  heliosctl runbook check runbooks/*.yaml")
    static final class Check implements Callable<Integer> {

        @Parameters(arity = "1..*", paramLabel = "RUNBOOK", description = "Names, or paths of files.")
        private List<String> names;

        @Mixin
        private InventoryOptions inventory;

        @Mixin
        private OutputOptions output;

        @Override
        public Integer call() {
            for (var name : names) {
                Runbook runbook = inventory.runbooks().find(name);
                output.result().println("%s: ok (%s)".formatted(name, runbook.name()));
            }
            return ExitCode.DONE;
        }
    }
}
