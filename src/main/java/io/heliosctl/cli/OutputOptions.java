package io.heliosctl.cli;

import io.heliosctl.document.Json;
import io.heliosctl.document.YamlDocument;
import io.heliosctl.view.Style;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How results and stories are printed. The result goes to standard output, the story to standard error.
final class OutputOptions {

    private static final int LEAST_OF_PICOCLI = 55;
    private static final int USUAL = 80;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (default), json or yaml. With json, standard output is one document and nothing else.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print problems and the result only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say also what each step does on each target, and where in the code a problem arose.")
    private boolean verbose;

    private boolean printed;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    OutputFormat format() {
        return format;
    }

    boolean isVerbose() {
        return verbose;
    }

    boolean isQuiet() {
        return quiet;
    }

    /// Colours only on a terminal, and not against NO_COLOR, TERM=dumb and their like; lines broken only
    /// there.
    Style style() {
        return style(command.root());
    }

    /// The same for a command without these options.
    static Style style(CommandSpec command) {
        var dumb = "dumb".equals(System.getenv("TERM"));
        return new Style(Ansi.AUTO.enabled() && !dumb, columns(command));
    }

    /// Picocli asks the terminal and says 55 at least, also where the terminal does not know.
    private static int columns(CommandSpec command) {
        if (Operator.console().isEmpty()) {
            return Style.ENDLESS;
        }
        int columns = command.usageMessage().width();
        return columns > LEAST_OF_PICOCLI ? columns : USUAL;
    }

    PrintStream result() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    PrintStream story() {
        return new PrintStream(System.err, true, StandardCharsets.UTF_8);
    }

    /// Prints a document in the place of a result that will not come, where a machine waits for one.
    void printInstead(Map<String, Object> document) {
        if (format != OutputFormat.TABLE && !printed) {
            print(document);
        }
    }

    /// Prints a document in the machine format asked for.
    void print(Map<String, Object> document) {
        printed = true;
        result().print(format == OutputFormat.YAML ? YamlDocument.of(document) : Json.document(document));
    }
}
