package io.heliosctl.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/// Options of every command that pauses the poolers, and the parameters of its runbook that they set.
final class PauseOptions {

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = RunOptions.DurationText.class,
            description =
                    "How long PAUSE is tried while transactions are open, such as 10s (default). Clients wait half a "
                            + "second at a time.")
    private String drain;

    @Option(
            names = "--terminate-blockers",
            description = "After that time, end the sessions that PAUSE waits for, and no others.")
    private boolean terminateBlockers;

    void into(Map<String, String> parameters) {
        if (drain != null) {
            parameters.put("drain", drain);
        }
        if (terminateBlockers) {
            terminateBlockers(parameters);
        }
    }

    static void terminateBlockers(Map<String, String> parameters) {
        parameters.put("terminate_blockers", "true");
    }
}
