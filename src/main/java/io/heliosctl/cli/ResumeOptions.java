package io.heliosctl.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/// Options of what goes on with a run.
final class ResumeOptions {

    @Option(
            names = {"-n", "--dry-run"},
            description = "Show what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--accept-changes",
            description = "Go on although the runbook or the inventory is not what it was when the run began.")
    private boolean acceptChanges;

    @Option(
            names = "--done",
            paramLabel = "STEP",
            description = "The number of a command in doubt that was run: it is not run again. Repeatable.")
    private Set<Integer> done = new LinkedHashSet<>();

    @Option(
            names = "--again",
            paramLabel = "STEP",
            description = "The number of a command in doubt that was not run: it is run. Repeatable.")
    private Set<Integer> again = new LinkedHashSet<>();

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Kept in the journal of the run.")
    private String reason = "";

    boolean isDryRun() {
        return dryRun;
    }

    boolean acceptsChanges() {
        return acceptChanges;
    }

    Set<Integer> done() {
        return Set.copyOf(done);
    }

    Set<Integer> again() {
        return Set.copyOf(again);
    }

    String reason() {
        return reason;
    }
}
