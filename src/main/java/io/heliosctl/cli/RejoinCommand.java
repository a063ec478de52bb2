package io.heliosctl.cli;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl rejoin`: a node comes back that has left its cluster.
@Command(
        name = "rejoin",
        mixinStandardHelpOptions = true,
        header = "Bring a node back as a standby: it follows, is rewound or is cloned.",
        description = {
            "",
            "For the old primary after a failover, or a standby that has lost its primary. The gentlest way that works is "
                    + "taken: it just follows; or pg_rewind takes back what it has and the primary lacks; or it is "
                    + "copied anew by pg_basebackup, and its old data directory is kept beside. --dry-run says which, "
                    + "and why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl rejoin pgdb1 --dry-run   which way, and why; changes nothing",
            "  heliosctl rejoin pgdb1             asks first",
            "  heliosctl rejoin pgdb1 --no-clone  refuse where only a new copy would do",
            "  heliosctl rejoin pgdb1 --clone     a new copy in any case"
        })
final class RejoinCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NODE", description = "The node that comes back.")
    private String node;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "The cluster; may be left out, since the node names it.")
    private String cluster;

    @ArgGroup
    private HowFar howFar = new HowFar();

    /// One of the two.
    static final class HowFar {

        @Option(names = "--clone", description = "Put a new copy in its place in any case.")
        private boolean clone;

        @Option(names = "--no-clone", description = "Refuse where only a new copy would do.")
        private boolean noClone;
    }

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
        parameters.put("node", node);
        if (howFar.noClone) {
            parameters.put("by", "rewind");
        }
        return new RunFlow(inventory, run, confirmation, output)
                .execute(
                        howFar.clone ? "clone" : "rejoin", Optional.ofNullable(cluster), Optional.of(node), parameters);
    }
}
