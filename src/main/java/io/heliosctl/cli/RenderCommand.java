package io.heliosctl.cli;

import io.heliosctl.control.Rendering;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.run.RefusedException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl render`: what would be written where.
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        header = "Print every pgbouncer.ini and recovery.conf as it would be written. Changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl render main                 for the primary of this moment",
            "  heliosctl render main --to pgdb2      as if pgdb2 were the primary",
            "  heliosctl render main --diff          only how the live files differ"
        })
final class RenderCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "CLUSTER", description = "May be left out if there is one.")
    private String name;

    @Option(names = "--to", paramLabel = "NODE", description = "Render as if this node were the primary.")
    private String to;

    @Option(names = "--diff", description = "Print the differences from the live files only.")
    private boolean diff;

    @Mixin
    private InventoryOptions inventory;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        var which = inventory.cluster(Optional.ofNullable(name), Optional.ofNullable(to));
        try (var session = Session.open(inventory, which)) {
            var cluster = session.cluster().cluster();
            var topology = session.observe();
            var primary = Optional.ofNullable(to)
                    .map(NodeName::new)
                    .or(topology::primary)
                    .flatMap(cluster::find)
                    .orElseThrow(() ->
                            new RefusedException(Problem.error("no-primary", "there is not one primary to render for")
                                    .hint("Name one with --to.")));
            if (diff) {
                cluster.poolers()
                        .forEach(pooler -> output.result()
                                .print(session.cluster().routingDifference(pooler.name(), primary.name())));
            } else {
                print(session, primary, version(topology.state(primary.name())));
            }
        }
        return ExitCode.DONE;
    }

    private void print(Session session, Node primary, Optional<ServerVersion> version) {
        var cluster = session.cluster().cluster();
        var rendering = new Rendering(cluster, inventory.templates());
        for (var pooler : cluster.poolers()) {
            for (var instance : pooler.pgbouncer().instances()) {
                heading(pooler.name().value(), instance.config(), rendering.origin(pooler));
                output.result()
                        .print(rendering
                                .pooler(pooler, instance, primary, version)
                                .text());
            }
        }
        for (var node : cluster.nodes()) {
            if (!node.name().equals(primary.name())) {
                heading(node.name().value(), node.postgres().dataDir(), "recovery.conf.j2");
                output.result().print(session.cluster().recoverySettings(node.name(), primary.name()));
            }
        }
    }

    private void heading(String host, String path, String template) {
        output.result().println("# %s:%s from %s".formatted(host, path, template));
    }

    private static Optional<ServerVersion> version(NodeState state) {
        return state instanceof NodeState.Running running
                ? Optional.of(running.identity().version())
                : Optional.empty();
    }
}
