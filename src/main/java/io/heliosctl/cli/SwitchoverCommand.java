package io.heliosctl.cli;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl switchover`: the built-in runbook of that name, with its parameters as options.
@Command(
        name = "switchover",
        mixinStandardHelpOptions = true,
        header = "Move the primary to a standby: no commit lost, no client error.",
        description = {
            "",
            "Pauses every PgBouncer, so that clients wait; points it at the standby; stops the primary; proves that the "
                    + "standby has every byte; promotes it; lets the clients in. Anything that fails before the "
                    + "promotion is taken back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl switchover                       to the best standby; asks first",
            "  heliosctl switchover --to pgdb2 --dry-run  prove it, show it, change nothing",
            "  heliosctl switchover --dry-run --out FILE  save the plan",
            "  heliosctl switchover --plan FILE           make it, if nothing has changed",
            "  heliosctl switchover main --confirm main   from a script, in production",
            "  heliosctl switchover --drain 30s -o json   the result as JSON on stdout"
        })
final class SwitchoverCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "The cluster; may be left out if there is one, or if --to names it.")
    private String cluster;

    @Option(names = "--to", paramLabel = "NODE", description = "The standby to promote. Default: the best candidate.")
    private String to;

    @Option(
            names = "--max-lag",
            paramLabel = "SIZE",
            description = "Refuse a standby that is further behind, such as 16MB (default).")
    private String maxLag;

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
        var parameters = new LinkedHashMap<String, String>();
        Optional.ofNullable(to).ifPresent(value -> parameters.put("to", value));
        Optional.ofNullable(maxLag).ifPresent(value -> parameters.put("max_lag", value));
        pause.into(parameters);
        return new RunFlow(inventory, run, confirmation, output)
                .execute("switchover", Optional.ofNullable(cluster), Optional.ofNullable(to), parameters);
    }
}
