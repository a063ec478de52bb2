package io.heliosctl.cli;

import io.heliosctl.document.Spelling;
import io.heliosctl.model.Problem;
import io.heliosctl.view.ProblemText;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// A command line that cannot be understood: what is wrong, what was meant, where to read more; exit 2.
final class Misuse {

    /// How picocli words a wrong name behind `help`.
    private static final Pattern UNKNOWN_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.");

    private Misuse() {}

    static int handle(ParameterException exception, String[] arguments) {
        var command = exception.getCommandLine();
        if (command.getCommandSpec().userObject() instanceof CheckCommand) {
            return CheckCommand.misused(message(exception));
        }
        var err = command.getErr();
        if (arguments.length == 0 || exception.getMessage().equals("Missing required subcommand")) {
            command.usage(err);
            return ExitCode.USAGE;
        }
        var help = "Try \"%s --help\".".formatted(command.getCommandSpec().qualifiedName());
        var guess = guess(exception);
        var problem = Problem.error("usage", message(exception)).hint(guess.isEmpty() ? help : guess + " " + help);
        err.print(ProblemText.of(problem, OutputOptions.style(command.getCommandSpec())));
        err.flush();
        return ExitCode.USAGE;
    }

    private static String message(ParameterException exception) {
        var command = exception.getCommandLine().getCommandSpec();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            var word = unmatched.getUnmatched().getFirst();
            var kind = word.startsWith("-") ? "option" : command.subcommands().isEmpty() ? "argument" : "command";
            return "there is no %s \"%s\" here".formatted(kind, word);
        }
        var text = exception.getMessage().lines().findFirst().orElse("it cannot be understood");
        return Character.toLowerCase(text.charAt(0)) + text.substring(1).replaceFirst("\\.$", "");
    }

    private static String guess(ParameterException exception) {
        var command = exception.getCommandLine().getCommandSpec();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            var word = unmatched.getUnmatched().getFirst();
            return Spelling.question(word, word.startsWith("-") ? options(command) : commands(command));
        }
        var name = UNKNOWN_COMMAND.matcher(exception.getMessage());
        return name.matches() ? Spelling.question(name.group(1), commands(command.root())) : "";
    }

    private static List<String> options(CommandSpec command) {
        return command.options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .filter(option -> option.startsWith("--"))
                .toList();
    }

    private static Collection<String> commands(CommandSpec command) {
        return command.subcommands().keySet();
    }

    /// Lets a command line answer in this way.
    static void install(CommandLine line) {
        line.setParameterExceptionHandler(Misuse::handle);
    }
}
