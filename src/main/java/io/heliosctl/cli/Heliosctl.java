package io.heliosctl.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The root of all commands.
@Command(
        name = "heliosctl",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        header = "Moves the primary of a PostgreSQL cluster from one host to another, over SSH.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StatusCommand.class,
            CheckCommand.class,
            SwitchoverCommand.class,
            FailoverCommand.class,
            FenceCommand.class,
            RejoinCommand.class,
            RestartCommand.class,
            CloneCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            RollbackCommand.class,
            RunsCommand.class,
            RenderCommand.class,
            RunbookCommand.class,
            InventoryCommand.class,
            DemoCommand.class,
            ManPage.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl status                       what is where",
            "  heliosctl check                        one line for cron and monitoring",
            "  heliosctl switchover --dry-run         prove it, show it, change nothing",
            "  heliosctl switchover --to pgdb2        do it",
            "  heliosctl failover --to pgdb2          the primary is lost",
            "  heliosctl rejoin pgdb1                 the old primary comes back",
            "  heliosctl help switchover              more about one command",
            "",
            "Exit codes say what state the cluster was left in:",
            "  0 done, or nothing to do         5 failed, and everything was put back",
            "  1 a bug                          6 unfinished: a person is needed",
            "  2 wrong use of the command line  7 done, but something is still owed",
            "  3 a file is wrong                8 not confirmed, nothing was changed",
            "  4 refused, nothing was changed"
        })
final class Heliosctl {

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "The inventory; may also stand behind the command.")
    private Path inventory;

    private Heliosctl() {}

    /// What `-i` said before the command, if anything.
    Optional<Path> inventory() {
        return Optional.ofNullable(inventory);
    }

    /// The whole command line, as `main` uses it and tests do.
    static CommandLine commandLine() {
        var line = new CommandLine(new Heliosctl());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((exception, command, parsed) -> Failure.handle(exception, command));
        Misuse.install(line);
        return line;
    }
}
