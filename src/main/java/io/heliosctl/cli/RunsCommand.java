package io.heliosctl.cli;

import io.heliosctl.run.JournalReader;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.Runs;
import io.heliosctl.run.Verification;
import io.heliosctl.view.RunsJson;
import io.heliosctl.view.RunsText;
import io.heliosctl.view.StoryText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl runs`: what was done, by the journals. Connects to nothing.
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        header = "List the runs there were, tell the story of one, or verify their journals.",
        description = {
            "",
            "Reads the journals in $XDG_STATE_HOME/heliosctl/runs (~/.local/state/heliosctl/runs) and connects to "
                    + "nothing. A run that was cut off, or left unfinished, is shown with the command to type."
        },
        subcommands = RunsCommand.Verify.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl runs                      all of them, newest first",
            "  heliosctl runs --cluster main       those of one cluster",
            "  heliosctl runs 20261120T0312        one, with every step it made",
            "  heliosctl runs verify               whether the journals are as written"
        })
final class RunsCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its id, or as much of its beginning as no other one has.")
    private String run;

    @Option(names = "--cluster", paramLabel = "CLUSTER", description = "List the runs on that cluster alone.")
    private String cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        var directory = RunDirectory.ofProcess();
        if (run == null) {
            list(directory);
        } else {
            tell(directory, Runs.find(directory, run));
        }
        return ExitCode.DONE;
    }

    private void list(RunDirectory directory) {
        var all = Runs.of(directory);
        var runs = Optional.ofNullable(cluster).map(all::ofCluster).orElse(all);
        if (output.format() == OutputFormat.TABLE) {
            output.result().print(RunsText.list(runs, output.style()));
        } else {
            output.print(RunsJson.list(runs));
        }
    }

    private void tell(RunDirectory directory, RunId id) {
        var story = JournalReader.story(directory, id);
        if (output.format() == OutputFormat.TABLE) {
            output.result().print(StoryText.of(story, output.style()));
        } else {
            output.print(RunsJson.story(story));
        }
    }

    /// Whether journals are as they were written.
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            header = "Check that no line of a journal was changed, dropped or moved. Exit 3 if one was.",
            footerHeading = "%nExamples:%n",
            footer = {"  heliosctl runs verify", "  heliosctl runs verify 20261120T0312 -o json"})
    static final class Verify implements Callable<Integer> {

        @Parameters(arity = "0..*", paramLabel = "RUN", description = "Ids or their beginnings. Default: all runs.")
        private List<String> runs = List.of();

        @Mixin
        private OutputOptions output;

        @Override
        public Integer call() {
            var directory = RunDirectory.ofProcess();
            var journals =
                    ids(directory).map(id -> Verification.of(directory, id)).toList();
            if (output.format() == OutputFormat.TABLE) {
                output.result().print(RunsText.verified(journals, output.style()));
            } else {
                output.print(RunsJson.verified(journals));
            }
            return journals.stream().allMatch(Verification::holds) ? ExitCode.DONE : ExitCode.INVALID;
        }

        private Stream<RunId> ids(RunDirectory directory) {
            return runs.isEmpty() ? Runs.ids(directory).stream() : runs.stream().map(run -> Runs.find(directory, run));
        }
    }
}
