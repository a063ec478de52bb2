package io.heliosctl.cli;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `heliosctl restart`: every server of a cluster, one after the other.
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        header = "Restart every server of a cluster, one after the other.",
        description = {
            "",
            "The primary first, where it is: every PgBouncer is paused, so that clients wait until it runs again; then the "
                    + "standbys. That is the order for settings that were made smaller.",
            "",
            "With --standbys-first the standbys are restarted, the primary moves to one of them as in a switchover, and the "
                    + "old primary comes back as a standby: the order for settings that were made larger, and for "
                    + "updates. Clients wait for as long as a switchover takes, and what does not start is found on a "
                    + "standby.",
            "",
            "The next server is restarted only when the one before it streams again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl restart --standbys-first --dry-run   prove it, show it",
            "  heliosctl restart --standbys-first             the primary moves",
            "  heliosctl restart --standbys-first --to pgdb2  to that one",
            "  heliosctl restart                              every server where it is"
        })
final class RestartCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "The cluster; may be left out if there is one, or if --to names it.")
    private String cluster;

    @Option(names = "--standbys-first", description = "The standbys first, then a switchover.")
    private boolean standbysFirst;

    @Option(
            names = "--to",
            paramLabel = "NODE",
            description = "With --standbys-first: the standby to promote. Default: the best candidate.")
    private String to;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PauseOptions pause;

    @Mixin
    private InventoryOptions inventory;

    @Mixin
    private RunOptions run;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        if (to != null && !standbysFirst) {
            throw new ParameterException(spec.commandLine(), "--to needs --standbys-first: else the primary stays");
        }
        var parameters = new LinkedHashMap<String, String>();
        Optional.ofNullable(to).ifPresent(value -> parameters.put("to", value));
        pause.into(parameters);
        return new RunFlow(inventory, run, confirmation, output)
                .execute(
                        standbysFirst ? "rolling-restart" : "restart",
                        Optional.ofNullable(cluster),
                        Optional.ofNullable(to),
                        parameters);
    }
}
