package io.heliosctl.cli;

import io.heliosctl.document.Spelling;
import io.heliosctl.document.YamlDuration;
import io.heliosctl.health.CheckReport;
import io.heliosctl.health.HealthChecks;
import io.heliosctl.health.ServiceState;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.view.CheckJson;
import io.heliosctl.view.CheckSeries;
import io.heliosctl.view.CheckText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `heliosctl check`: whether all is well, for cron and monitoring systems.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        header = "Say in one line whether all is well, as Nagios, Icinga and Checkmk read it. Changes nothing.",
        description = {
            "",
            "Checks: primary (exactly one, where it was), standbys (that stream), lag, timeline, poolers (lead to the "
                    + "primary, are not paused, nobody waits), slots, archive, sync; and only if they are named: write "
                    + "(a record through every pooler), ready (the preflight of a switchover), drift (pgbouncer.ini "
                    + "against its template)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heliosctl check                      the usual checks of the only cluster",
            "  heliosctl check main lag -w 1MB -c 64MB",
            "  heliosctl check main write ready     can clients write, can it be moved?",
            "  heliosctl check --all -q             for cron: speaks if something changed",
            "  heliosctl check --all --prom /var/lib/node_exporter/heliosctl.prom",
            "",
            "Exit codes are those of monitoring plugins:",
            "  0 OK   1 WARNING   2 CRITICAL   3 UNKNOWN"
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "CLUSTER|CHECK",
            description = "The cluster, which may be left out if there is one, then checks.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--all", description = "Every cluster of the inventory.")
    private boolean all;

    @Option(
            names = {"-w", "--warning"},
            paramLabel = "[METRIC=]RANGE",
            description = "Warn outside of this range, such as lag=16MB, standbys=2: or maxwait=@5:10. Repeatable.")
    private List<String> warnings = new ArrayList<>();

    @Option(
            names = {"-c", "--critical"},
            paramLabel = "[METRIC=]RANGE",
            description = "The same for CRITICAL.")
    private List<String> criticals = new ArrayList<>();

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "UNKNOWN after that; a number alone is seconds. Default: 15s.")
    private String timeout;

    @Option(
            names = "--expect",
            paramLabel = "NODE",
            description = "Where the primary must be. Default: where it was the last time.")
    private String expect;

    @Option(names = "--prom", paramLabel = "FILE", description = "Write the figures there too, for node_exporter.")
    private Path prom;

    @Mixin
    private InventoryOptions inventory;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        try {
            return check();
        } catch (ProblemException e) {
            return unknown(e.problems().getFirst());
        } catch (RuntimeException e) {
            if (output.isVerbose()) {
                e.printStackTrace(output.story());
            }
            return unknown(Problem.error("bug", "a bug: " + e).hint("Please report it; -v says where."));
        }
    }

    private Duration limit() {
        return new YamlDuration()
                .parse(timeout.matches("[0-9]{1,6}") ? timeout + "s" : timeout)
                .filter(Duration::isPositive)
                .orElseThrow(() -> new ProblemException(
                        Problem.error("bad-timeout", "\"%s\" is no time to wait".formatted(timeout))
                                .hint("Write 10, 10s or 1min.")));
    }

    private int check() {
        var clusters = clusters();
        var checks = HealthChecks.chosen(words);
        var limit = limit();
        var round = new CheckRound(
                inventory,
                checks,
                warnings,
                criticals,
                Optional.ofNullable(expect).map(CheckCommand::node),
                limit);
        var reports = round.of(clusters);
        var now = Clock.systemUTC().instant();
        if (prom != null) {
            new SeriesFile(prom).write(CheckSeries.of(reports, now));
        }
        print(reports, CheckText.line(reports, now));
        return ServiceState.worst(reports.stream().map(CheckReport::severity).toList())
                .code();
    }

    private void print(List<CheckReport> reports, String line) {
        if (output.isQuiet() && reports.stream().noneMatch(CheckReport::isNews)) {
            return;
        }
        if (output.format() != OutputFormat.TABLE) {
            output.print(CheckJson.of(reports));
            return;
        }
        output.result().println(line);
        if (output.isVerbose()) {
            output.result().print(CheckText.details(reports));
        }
    }

    /// The first word is a cluster, unless it is a check.
    private List<Cluster> clusters() {
        if (all) {
            return inventory.clusters();
        }
        var first = words.stream().findFirst().filter(this::isCluster);
        first.ifPresent(_ -> words = words.subList(1, words.size()));
        words.stream()
                .findFirst()
                .filter(word -> !HealthChecks.isOne(word) && first.isEmpty())
                .ifPresent(word -> {
                    var known = new ArrayList<>(HealthChecks.names());
                    inventory.clusters().forEach(cluster -> known.add(cluster.name()));
                    throw new ProblemException(
                            Problem.error("unknown-check", "\"%s\" is neither a cluster nor a check".formatted(word))
                                    .hint(Spelling.question(word, known)));
                });
        return List.of(inventory.cluster(first));
    }

    private boolean isCluster(String word) {
        return inventory.clusters().stream().anyMatch(cluster -> cluster.name().equals(word));
    }

    private static NodeName node(String name) {
        if (!NodeName.ALLOWED.matcher(name).matches()) {
            throw new ProblemException(Problem.error("no-such-node", "there is no node \"%s\"".formatted(name)));
        }
        return new NodeName(name);
    }

    private int unknown(Problem problem) {
        var hint = problem.hint().isEmpty() ? "" : ". " + problem.hint();
        if (output.format() != OutputFormat.TABLE) {
            output.print(CheckJson.unknown(problem.message()));
        } else {
            output.result().println(CheckText.line(ServiceState.UNKNOWN, problem.message() + hint));
        }
        return ServiceState.UNKNOWN.code();
    }

    /// A command line that cannot be understood. The exit code of misuse would be CRITICAL to a monitoring
    /// system.
    static int misused(String message) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .println(CheckText.line(ServiceState.UNKNOWN, message + ". Try \"heliosctl check --help\"."));
        return ServiceState.UNKNOWN.code();
    }
}
