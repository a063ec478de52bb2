package io.heliosctl.cli;

import io.heliosctl.control.Findings;
import io.heliosctl.control.HostLocks;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.NothingToDoException;
import io.heliosctl.run.Planner;
import io.heliosctl.run.Planner.Planned;
import io.heliosctl.run.Preflight;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunLocks;
import io.heliosctl.run.SavedFiles;
import io.heliosctl.run.SavedPlan;
import io.heliosctl.run.SplitBrain;
import io.heliosctl.run.UnfinishedRuns;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.runbook.Runbooks;
import io.heliosctl.view.PlanText;
import io.heliosctl.view.ProblemText;
import io.heliosctl.view.RunJson;
import io.heliosctl.view.StatusText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every command does that begins a run: look, plan, prove, show, ask, then look again and run.
final class RunFlow {

    private final InventoryOptions inventory;
    private final RunOptions run;
    private final Confirmation confirmation;
    private final OutputOptions output;
    private final Optional<String> words;

    RunFlow(InventoryOptions inventory, RunOptions run, Confirmation confirmation, OutputOptions output) {
        this(inventory, run, confirmation, output, Optional.empty());
    }

    /// @param words what has to be typed to stop a primary that the timelines do not speak against
    RunFlow(
            InventoryOptions inventory,
            RunOptions run,
            Confirmation confirmation,
            OutputOptions output,
            Optional<String> words) {
        this.inventory = inventory;
        this.run = run;
        this.confirmation = confirmation;
        this.output = output;
        this.words = words;
    }

    /// What the command of a built-in runbook does: makes such a plan that was saved, or a new one.
    ///
    /// @param cluster its name, or a node's in its place; may be left out
    /// @param node that is named elsewhere, and is one of the cluster's
    int execute(String runbook, Optional<String> cluster, Optional<String> node, Map<String, String> parameters) {
        var saved = run.saved(runbook, cluster, parameters);
        return saved.isPresent()
                ? execute(saved.get())
                : execute(runbook, Optional.of(inventory.cluster(cluster, node).name()), parameters);
    }

    /// Makes a plan that was saved, and returns the exit code.
    int execute(SavedPlan saved) {
        return execute(saved.runbook(), Optional.of(saved.cluster()), saved.parameters());
    }

    /// Runs a runbook and returns the exit code.
    int execute(String runbookName, Optional<String> clusterOrNode, Map<String, String> parameters) {
        var name = clusterOrNode.orElse("");
        try {
            var runbook = inventory.runbooks().find(runbookName);
            var cluster = inventory.cluster(clusterOrNode);
            name = cluster.name();
            run.saved().ifPresent(saved -> refuse(saved.changedFiles(files(reference(runbookName), runbook, cluster))));
            RunDirectory.ofProcess().check();
            refuseIfUnfinished(name);
            try (var session = Session.open(inventory, cluster, confirmation.questions(output.story()))) {
                return execute(reference(runbookName), runbook, session, parameters);
            }
        } catch (NothingToDoException e) {
            return done(name, runbookName, e.sentence());
        } catch (ProblemException e) {
            if (output.format() != OutputFormat.TABLE) {
                output.print(RunJson.refused(name, runbookName, e.problems()));
            }
            throw e;
        }
    }

    /// What finds a runbook again from anywhere.
    private static String reference(String nameOrPath) {
        return Runbooks.isPath(nameOrPath)
                ? Path.of(nameOrPath).toAbsolutePath().normalize().toString()
                : nameOrPath;
    }

    private int done(String cluster, String runbook, String sentence) {
        if (output.format() == OutputFormat.TABLE) {
            output.result().println(sentence);
        } else {
            output.print(RunJson.nothing(cluster, runbook));
        }
        return ExitCode.DONE;
    }

    private int execute(String reference, Runbook runbook, Session session, Map<String, String> parameters) {
        var topology = session.observe();
        var locks = session.cluster().locks(RunLocks.key(topology));
        var name = topology.cluster().name();
        try {
            refuseIfLocked(locks, name);
            run.saved().ifPresent(saved -> refuse(saved.changedCluster(topology)));
            var histories = session.cluster().failover().histories(topology);
            SplitBrain.objection(runbook, topology, histories).ifPresent(problem -> {
                throw new RefusedException(problem);
            });
            var opening = Opening.of(runbook, session, topology, parameters, run, confirmation, output);
            var planned = new Planner(runbook, opening.topology(), opening.parameters(), run.saved())
                    .plan(TemplateContext.cluster(topology.cluster()));
            var findings = prove(planned, session);
            var made =
                    SavedPlan.of(planned.plan(), files(reference, runbook, topology.cluster()), opening.parameters());
            var dryRun = new DryRun(run, output);
            if (run.isDryRun()) {
                return dryRun.show(planned, made, session, findings, opening);
            }
            dryRun.requireSame(planned, made, session);
            tell(StatusText.tables(opening.topology(), output.style())
                    + "\n"
                    + PlanText.of(planned.plan(), planned.ranking(), output.style())
                    + opening.told(planned.plan(), output.style(), false)
                    + "\n");
            SplitBrain.doubt(planned.plan(), histories)
                    .ifPresent(doubt -> confirmation.requireWords(
                            doubt.node().value(), doubt.why(), doubt.words(), words, output.story()));
            confirmation.require(runbook.danger(), topology.cluster(), output.story());
            var undertaking = new NewRun(
                    RunId.create(name, Clock.systemUTC().instant()),
                    reference,
                    runbook,
                    planned.plan(),
                    inventory.inventory().sha256(topology.cluster()),
                    session,
                    run,
                    confirmation);
            return new Conductor(session, confirmation, output).conduct(undertaking, locks);
        } catch (RefusedException | NothingToDoException e) {
            // What another run is doing may be all that was wrong.
            refuseIfLocked(locks, name);
            throw e;
        }
    }

    private SavedFiles files(String reference, Runbook runbook, Cluster cluster) {
        return SavedFiles.of(reference, runbook.text(), inventory.inventory().sha256(cluster));
    }

    private static void refuse(List<Problem> stale) {
        if (!stale.isEmpty()) {
            throw new RefusedException(stale);
        }
    }

    private void refuseIfUnfinished(String cluster) {
        if (!run.isDryRun()) {
            var runs = RunDirectory.ofProcess();
            RunLocks.heldHere(runs, cluster)
                    .or(() -> UnfinishedRuns.problem(runs, cluster, run.breakLock()))
                    .ifPresent(problem -> {
                        throw new RefusedException(problem);
                    });
        }
    }

    private void refuseIfLocked(HostLocks locks, String cluster) {
        if (run.breakLock().isEmpty() && !run.isDryRun()) {
            RunLocks.heldByAnother(RunDirectory.ofProcess(), locks, cluster, Optional.empty())
                    .ifPresent(problem -> {
                        throw new RefusedException(problem);
                    });
        }
    }

    private Findings prove(Planned planned, Session session) {
        var limits = new Preflight.Limits(
                RunOptions.duration(planned.plan().parameters().getOrDefault("drain", "10s")),
                run.acceptsDrift(),
                run.acceptedManagers(),
                run.isDryRun());
        var findings = new Preflight(session.cluster(), session.cluster().proofs()).of(planned.plan(), limits);
        if (findings.hasErrors()) {
            throw new RefusedException(findings.problems());
        }
        output.story().print(ProblemText.of(findings.problems(), output.style()));
        return findings;
    }

    private void tell(String text) {
        if (!output.isQuiet()) {
            output.story().print(text);
        }
    }
}
