package io.heliosctl.cli;

import io.heliosctl.model.ProblemException;
import io.heliosctl.view.ProblemText;
import io.heliosctl.view.RunJson;
import java.util.Optional;
import picocli.CommandLine;

/// What is said when a command ends by an exception, and with which exit code.
final class Failure {

    private Failure() {}

    static int handle(Exception exception, CommandLine command) {
        var output = options(command);
        var err = command.getErr();
        if (exception instanceof ProblemException problem) {
            output.ifPresent(options -> options.printInstead(RunJson.problems(problem.problems())));
            err.print(ProblemText.of(problem.problems(), OutputOptions.style(command.getCommandSpec())));
            if (output.map(OutputOptions::isVerbose).orElse(false)) {
                exception.printStackTrace(err);
            }
            err.flush();
            return ExitCode.of(problem);
        }
        err.println("heliosctl: a bug: " + exception);
        exception.printStackTrace(err);
        err.println("Please report it, with the lines above and what you typed.");
        err.flush();
        return ExitCode.BUG;
    }

    private static Optional<OutputOptions> options(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(mixin -> mixin.userObject())
                .filter(OutputOptions.class::isInstance)
                .map(OutputOptions.class::cast)
                .findFirst();
    }
}
