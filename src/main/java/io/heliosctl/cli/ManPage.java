package io.heliosctl.cli;

import io.heliosctl.view.Printable;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `heliosctl generate-man-page`: what `--help` says of every command, as a manual page in roff (man(7)).
@Command(
        name = "generate-man-page",
        mixinStandardHelpOptions = true,
        header = "Print the manual page.",
        footerHeading = "%nExample:%n",
        footer = "  heliosctl generate-man-page > heliosctl.1")
final class ManPage implements Callable<Integer> {

    @Spec
    private CommandSpec self;

    @Override
    public Integer call() {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(of(self.root()));
        return ExitCode.DONE;
    }

    static String of(CommandSpec root) {
        var page = new StringBuilder();
        page.append(".TH HELIOSCTL 1 \"\" \"heliosctl ")
                .append(Version.number())
                .append("\"\n");
        page.append(".SH NAME\nheliosctl \\- ")
                .append(escaped(String.join(" ", root.usageMessage().header())))
                .append('\n');
        page.append(".SH SYNOPSIS\n").append(verbatim(synopsis(root)));
        page.append(".SH OPTIONS\n").append(verbatim(options(root)));
        page.append(".SH COMMANDS\n");
        commands(root).forEach(command -> command(page, command));
        page.append(".SH EXAMPLES AND EXIT CODES\n").append(verbatim(footer(root)));
        page.append(".SH FILES\n").append(verbatim(FILES));
        return page.toString();
    }

    private static final String FILES = """
            ./inventory.yaml
            $XDG_CONFIG_HOME/heliosctl/inventory.yaml
            /etc/heliosctl/inventory.yaml
              The inventory, the first that is there, unless -i or
              $HELIOSCTL_INVENTORY names one.
            $XDG_STATE_HOME/heliosctl/runs/ID/journal.jsonl
              What a run did, written before it was done.
            """;

    private static void command(StringBuilder page, CommandSpec command) {
        page.append(".SS ").append(escaped(command.qualifiedName())).append('\n');
        page.append(escaped(String.join(" ", command.usageMessage().header()))).append("\n.PP\n");
        page.append(escaped(
                        String.join(" ", command.usageMessage().description()).strip()))
                .append('\n');
        page.append(verbatim(synopsis(command) + "\n" + options(command) + "\n" + footer(command)));
        commands(command).forEach(inner -> command(page, inner));
    }

    private static List<CommandSpec> commands(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(inner -> !inner.name().equals("help"))
                .distinct()
                .toList();
    }

    private static String synopsis(CommandSpec command) {
        return help(command).synopsis(0);
    }

    private static String options(CommandSpec command) {
        var help = help(command);
        return help.parameterList() + help.optionList();
    }

    private static String footer(CommandSpec command) {
        return help(command).footerHeading().strip() + "\n" + help(command).footer();
    }

    private static CommandLine.Help help(CommandSpec command) {
        return new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }

    private static String verbatim(String text) {
        return text.isBlank() ? "" : ".PP\n.nf\n" + escaped(text.stripTrailing()) + "\n.fi\n";
    }

    /// Backslashes and leading dots and quotes mean something to roff (groff_man(7)).
    private static String escaped(String text) {
        return text.lines()
                .map(Printable::of)
                .map(line -> line.replace("\\", "\\e").replace("-", "\\-"))
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .reduce((first, second) -> first + "\n" + second)
                .orElse("");
    }
}
