package io.heliosctl.cli;

import io.heliosctl.health.CheckMemories;
import io.heliosctl.health.CheckMemory;
import io.heliosctl.health.CheckReport;
import io.heliosctl.health.CheckResult;
import io.heliosctl.health.CheckSubject;
import io.heliosctl.health.HealthChecks;
import io.heliosctl.health.ServiceState;
import io.heliosctl.health.Thresholds;
import io.heliosctl.model.Amounts;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Checks clusters at once, each within the same time.
///
/// @param expected where the primary must be; of the cluster that has such a node
/// @param limit what has not answered by then is unknown
record CheckRound(
        InventoryOptions inventory,
        List<String> checks,
        List<String> warnings,
        List<String> criticals,
        Optional<NodeName> expected,
        Duration limit) {

    List<CheckReport> of(List<Cluster> clusters) {
        var file = inventory.inventory().file();
        var runs = RunDirectory.ofProcess();
        var memories = new CheckMemories(runs.path().resolveSibling("checks"));
        var deadline = System.nanoTime() + limit.toNanos();
        // Not closed: what hangs ends with the process.
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var asked = clusters.stream()
                .map(cluster -> threads.submit(() -> report(cluster, memories.read(cluster.name(), file), runs)))
                .toList();
        var reports = new ArrayList<CheckReport>();
        for (int i = 0; i < clusters.size(); i++) {
            var cluster = clusters.get(i);
            var report = await(asked.get(i), cluster, memories.read(cluster.name(), file), deadline);
            keep(memories, cluster, file, report.after());
            reports.add(report);
        }
        return reports;
    }

    private Thresholds limits(Cluster cluster) {
        return Thresholds.standard(cluster.nodes().size() - 1).with(warnings, criticals, HealthChecks.metric(checks));
    }

    private CheckReport report(Cluster cluster, CheckMemory memory, RunDirectory runs) {
        var limits = limits(cluster);
        try (var session = Session.open(inventory, cluster)) {
            var topology = session.observe();
            var live = session.cluster();
            var now = Clock.systemUTC().instant();
            var subject = new CheckSubject(
                    live,
                    live.proofs(),
                    topology,
                    limits,
                    expected.filter(name -> cluster.find(name).isPresent()),
                    memory,
                    now,
                    limit.dividedBy(2),
                    inventory.runbooks().find("switchover"),
                    runs,
                    checks.contains("ready") ? live.switches(RunLocks.key(topology)) : List.of());
            var results = checks.stream()
                    .map(check -> HealthChecks.make(check, subject))
                    .toList();
            var after = memory.after(results, topology.primary(), now);
            return new CheckReport(cluster.name(), results, limits, memory, after);
        }
    }

    private CheckReport await(Future<CheckReport> asked, Cluster cluster, CheckMemory memory, long deadline) {
        try {
            return asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return unknown(cluster, memory, "no answer within " + Amounts.time(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown(cluster, memory, "interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return unknown(cluster, memory, problem.problems().getFirst().message());
            }
            throw new IllegalStateException("a check ended with a bug", e.getCause());
        }
    }

    private CheckReport unknown(Cluster cluster, CheckMemory memory, String sentence) {
        var results = checks.stream()
                .map(check -> new CheckResult(check, ServiceState.UNKNOWN, sentence, List.of()))
                .toList();
        var now = Instant.now(Clock.systemUTC());
        return new CheckReport(
                cluster.name(),
                List.of(results.getFirst()),
                limits(cluster),
                memory,
                memory.after(results, Optional.empty(), now));
    }

    private static void keep(CheckMemories memories, Cluster cluster, Path file, CheckMemory memory) {
        try {
            memories.write(cluster.name(), file, memory);
        } catch (IOException e) {
            System.err.printf("heliosctl: how this check ended cannot be kept: %s%n", e.getMessage());
        }
    }
}
