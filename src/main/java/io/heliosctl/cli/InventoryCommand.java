package io.heliosctl.cli;

import io.heliosctl.control.Privileges;
import io.heliosctl.inventory.EffectiveSetting;
import io.heliosctl.view.InventoryText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl inventory`: whether it is right, what counts and why, what to install. Connects to nothing.
@Command(
        name = "inventory",
        mixinStandardHelpOptions = true,
        header = "Check or show the inventory, or print the sudoers file it needs.",
        subcommands = {InventoryCommand.Check.class, InventoryCommand.Show.class, InventoryCommand.Sudoers.class},
        synopsisSubcommandLabel = "check|show|sudoers",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl inventory check",
            "  heliosctl inventory show main --origin",
            "  heliosctl inventory sudoers pgdb1 > /etc/sudoers.d/heliosctl"
        })
final class InventoryCommand {

    /// Whether it is right.
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            header = "Check the inventory without connecting to anything. Exit 3 if it is wrong.",
            footerHeading = "%nExample:%n",
            footer = "  heliosctl inventory check -i inventory.yaml")
    static final class Check implements Callable<Integer> {

        @Mixin
        private InventoryOptions inventory;

        @Mixin
        private OutputOptions output;

        @Override
        public Integer call() {
            var read = inventory.inventory();
            output.result().print(InventoryText.summary(read.file().toString(), read.clusters()));
            return ExitCode.DONE;
        }
    }

    /// What counts, and who said so.
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            header = "Print every effective value.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  heliosctl inventory show",
                "  heliosctl inventory show main --origin     with file and line",
                "  heliosctl inventory show --set ssh.port=2222 --origin"
            })
    static final class Show implements Callable<Integer> {

        @Parameters(index = "0", arity = "0..1", paramLabel = "CLUSTER", description = "Default: every cluster.")
        private String name;

        @Option(names = "--origin", description = "Say where each value comes from.")
        private boolean origin;

        @Mixin
        private InventoryOptions inventory;

        @Mixin
        private OutputOptions output;

        @Override
        public Integer call() {
            var settings = inventory.inventory().settings();
            if (name != null) {
                var cluster = inventory.cluster(Optional.of(name)).name();
                settings = settings.stream()
                        .filter(setting -> setting.cluster().equals(cluster))
                        .toList();
            }
            print(settings);
            return ExitCode.DONE;
        }

        private void print(List<EffectiveSetting> settings) {
            if (output.format() == OutputFormat.TABLE) {
                output.result().print(InventoryText.settings(settings, origin));
            } else {
                output.print(InventoryText.json(settings));
            }
        }
    }

    /// What to install on the hosts.
    @Command(
            name = "sudoers",
            mixinStandardHelpOptions = true,
            header = "Print the sudoers file a host needs: exactly the commands heliosctl runs there, nothing else.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  heliosctl inventory sudoers pgdb1            one host",
                "  heliosctl inventory sudoers --cluster main   all hosts of a cluster",
                "  heliosctl inventory sudoers pgdb1 |",
                "    ssh root@pgdb1 'cat > /etc/sudoers.d/heliosctl && visudo -c'"
            })
    static final class Sudoers implements Callable<Integer> {

        @Parameters(index = "0", arity = "0..1", paramLabel = "HOST", description = "A node or pooler. Default: all.")
        private String host;

        @Option(names = "--cluster", paramLabel = "CLUSTER", description = "May be left out if there is one.")
        private String cluster;

        @Mixin
        private InventoryOptions inventory;

        @Mixin
        private OutputOptions output;

        @Override
        public Integer call() {
            var selected = inventory.cluster(Optional.ofNullable(cluster).or(() -> Optional.ofNullable(host)));
            output.result().print(Privileges.sudoers(selected, Optional.ofNullable(host)));
            return ExitCode.DONE;
        }
    }
}
