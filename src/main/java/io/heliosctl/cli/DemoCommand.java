package io.heliosctl.cli;

import io.heliosctl.demo.ChildHeliosctl;
import io.heliosctl.demo.Demo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/// `heliosctl demo`: a real cluster on loopback to play with.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "Start a real cluster on loopback and switch it over under load.",
        subcommands = {DemoCommand.Start.class, DemoCommand.Stop.class, DemoCommand.Status.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl demo start      three nodes, two poolers, writers, a switchover",
            "  heliosctl demo status     what runs",
            "  heliosctl demo stop       stop it and remove its files"
        })
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where it lives. Default: ~/.local/share/heliosctl/demo.")
    private Path directory;

    @Override
    public Integer call() {
        return start();
    }

    private Demo demo() {
        var place = Optional.ofNullable(directory).orElseGet(Demo::usualDirectory);
        return new Demo(place, System.out::println);
    }

    private int start() {
        return demo().start(new ChildHeliosctl(Main.class.getName()));
    }

    /// Starts the cluster, writes, switches over, tells.
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            header = "Start the cluster, write to it, switch it over, and leave it running.",
            footerHeading = "%nExample:%n",
            footer = "  heliosctl demo start")
    static final class Start implements Callable<Integer> {

        @ParentCommand
        private DemoCommand parent;

        @Override
        public Integer call() {
            return parent.start();
        }
    }

    /// Stops everything it started.
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            header = "Stop the cluster and remove its files.",
            footerHeading = "%nExample:%n",
            footer = "  heliosctl demo stop")
    static final class Stop implements Callable<Integer> {

        @ParentCommand
        private DemoCommand parent;

        @Override
        public Integer call() {
            parent.demo().stop();
            return ExitCode.DONE;
        }
    }

    /// Says what runs.
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            header = "Say what of the demo runs.",
            footerHeading = "%nExample:%n",
            footer = "  heliosctl demo status")
    static final class Status implements Callable<Integer> {

        @ParentCommand
        private DemoCommand parent;

        @Override
        public Integer call() {
            parent.demo().status().forEach(System.out::println);
            return ExitCode.DONE;
        }
    }
}
