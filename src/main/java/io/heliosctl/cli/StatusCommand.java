package io.heliosctl.cli;

import io.heliosctl.health.Verdict;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.Histories;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.model.Topology;
import io.heliosctl.run.LostPrimaries;
import io.heliosctl.run.RunLocks;
import io.heliosctl.view.FailoverText;
import io.heliosctl.view.ProblemText;
import io.heliosctl.view.StatusJson;
import io.heliosctl.view.StatusText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        var seen = new LinkedHashMap<Topology, Verdict>();
        var switches = new LinkedHashMap<Topology, List<SwitchTrace>>();
        var evidence = new LinkedHashMap<Topology, Evidence>();
        var histories = new LinkedHashMap<Topology, Histories>();
        for (var cluster : clusters()) {
            try (var session = Session.open(inventory, cluster)) {
                var topology = session.observe();
                var armed = session.cluster().switches(RunLocks.key(topology));
                var history = session.cluster().failover().histories(topology);
                seen.put(topology, Verdict.of(topology, history).with(armed));
                histories.put(topology, history);
                switches.put(topology, armed);
                LostPrimaries.find(topology)
                        .ifPresent(lost -> evidence.put(
                                topology, session.cluster().failover().evidence(lost)));
            }
        }
        print(seen, switches, evidence, histories);
        return ExitCode.DONE;
    }

    private List<Cluster> clusters() {
        return name == null ? inventory.clusters() : List.of(inventory.cluster(Optional.of(name)));
    }

    private void print(
            Map<Topology, Verdict> seen,
            Map<Topology, List<SwitchTrace>> switches,
            Map<Topology, Evidence> evidence,
            Map<Topology, Histories> histories) {
        if (output.format() != OutputFormat.TABLE) {
            output.print(StatusJson.of(seen, switches, evidence, histories));
            return;
        }
        seen.forEach((topology, verdict) -> {
            output.result().print(StatusText.of(topology, verdict, switches.get(topology), output.style()));
            Optional.ofNullable(evidence.get(topology))
                    .ifPresent(lost -> output.result().print(FailoverText.of(lost, output.style())));
            output.story().print(ProblemText.of(verdict.problems(), output.style()));
        });
    }
}
