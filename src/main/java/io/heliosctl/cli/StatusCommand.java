package io.heliosctl.cli;

import io.heliosctl.health.Verdict;
import io.heliosctl.model.Cluster;
import io.heliosctl.run.LostPrimaries;
import io.heliosctl.run.RunLocks;
import io.heliosctl.view.ClusterStatus;
import io.heliosctl.view.FailoverText;
import io.heliosctl.view.ProblemText;
import io.heliosctl.view.StatusJson;
import io.heliosctl.view.StatusText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `heliosctl status`: what is where.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Show what is where: roles, timelines, lag, poolers. Changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl status                 every cluster of the inventory",
            "  heliosctl status main -o json    one cluster, for a program",
            "  heliosctl status -i other.yaml   another inventory"
        })
final class StatusCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "CLUSTER", description = "Default: every cluster.")
    private String name;

    @Mixin
    private InventoryOptions inventory;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        var all = new ArrayList<ClusterStatus>();
        for (var cluster : clusters()) {
            try (var session = Session.open(inventory, cluster)) {
                all.add(look(session));
            }
        }
        if (output.format() == OutputFormat.TABLE) {
            all.forEach(this::print);
        } else {
            output.print(StatusJson.of(all));
        }
        return ExitCode.DONE;
    }

    private static ClusterStatus look(Session session) {
        var topology = session.observe();
        var switches = session.cluster().switches(RunLocks.key(topology));
        var failover = session.cluster().failover();
        var histories = failover.histories(topology);
        return new ClusterStatus(
                topology,
                Verdict.of(topology, histories).with(switches),
                switches,
                histories,
                LostPrimaries.find(topology).map(failover::evidence));
    }

    private List<Cluster> clusters() {
        return name == null ? inventory.clusters() : List.of(inventory.cluster(Optional.of(name)));
    }

    private void print(ClusterStatus status) {
        output.result().print(StatusText.of(status.topology(), status.verdict(), status.switches(), output.style()));
        status.evidence().ifPresent(lost -> output.result().print(FailoverText.of(lost, output.style())));
        output.story().print(ProblemText.of(status.verdict().problems(), output.style()));
    }
}
