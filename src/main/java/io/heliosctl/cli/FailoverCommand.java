package io.heliosctl.cli;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl failover`: the built-in runbook of that name, with its parameters as options.
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        header = "The primary is lost: fence it, promote a standby, route the clients there.",
        description = {
            "",
            "Asks every standby and pooler whether the primary is dead; a healthy one is refused. Then it holds the "
                    + "clients, makes sure that the old primary cannot write, promotes the most advanced standby and "
                    + "lets the clients in. Where the old primary's host answers and PostgreSQL is down there, the standby "
                    + "is given first what it lacks of the WAL on that host. Without a proof that the old primary is stopped, nothing is promoted: cut "
                    + "its power, and say so with --fenced."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl failover --dry-run         who reaches it, what would be lost",
            "  heliosctl failover --to pgdb2        asks first",
            "  heliosctl failover --fenced pgdb1    it is powered off, on your word",
            "  heliosctl failover --lose-up-to 1GB  accept more than 16MB of WAL"
        })
final class FailoverCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "The cluster; may be left out if there is one, or if --to names it.")
    private String cluster;

    @Option(
            names = "--to",
            paramLabel = "NODE",
            description = "The standby to promote. Default: the most advanced; another is brought as far first.")
    private String to;

    @Option(
            names = "--from",
            paramLabel = "NODE",
            description = "The lost primary, where the others cannot tell which node it was.")
    private String from;

    @Option(
            names = "--fenced",
            paramLabel = "NODE",
            description = "Your word that this node, the lost primary, is powered off. It is written down.")
    private String fenced;

    @Option(
            names = "--lose-up-to",
            paramLabel = "SIZE",
            description = "How much WAL may be lost, such as 0 or 1GB. Default: 16MB.")
    private String loseUpTo;

    @Option(
            names = "--rather-than-start",
            description = "Do it although PostgreSQL on the old primary could perhaps just be started again.")
    private boolean ratherThanStart;

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
        Optional.ofNullable(from).ifPresent(value -> parameters.put("from", value));
        Optional.ofNullable(fenced).ifPresent(value -> parameters.put("fenced", value));
        Optional.ofNullable(loseUpTo).ifPresent(value -> parameters.put("lose_up_to", value));
        if (ratherThanStart) {
            parameters.put("rather_than_start", "true");
        }
        return new RunFlow(inventory, run, confirmation, output)
                .execute("failover", Optional.ofNullable(cluster), Optional.ofNullable(to), parameters);
    }
}
