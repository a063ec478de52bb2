package io.heliosctl.cli;

import io.heliosctl.control.HostLocks;
import io.heliosctl.control.TemplateContext;
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

    RunFlow(InventoryOptions inventory, RunOptions run, Confirmation confirmation, OutputOptions output) {
        this.inventory = inventory;
        this.run = run;
        this.confirmation = confirmation;
        this.output = output;
    }

    /// Runs a runbook and returns the exit code.
    int execute(String runbookName, Optional<String> clusterOrNode, Map<String, String> parameters) {
        var name = clusterOrNode.orElse("");
        try {
            var runbook = inventory.runbooks().find(runbookName);
            var cluster = inventory.cluster(clusterOrNode);
            name = cluster.name();
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
            var opening = Opening.of(runbook, session, topology, parameters, run, confirmation, output);
            var planned = new Planner(runbook, opening.topology(), opening.parameters())
                    .plan(TemplateContext.cluster(topology.cluster()));
            var problems = prove(planned, session);
            if (run.isDryRun()) {
                return show(planned, problems, opening);
            }
            tell(StatusText.tables(opening.topology(), output.style())
                    + "\n"
                    + PlanText.of(planned.plan(), planned.ranking(), output.style())
                    + opening.told(planned.plan(), output.style(), false)
                    + "\n");
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

    private List<Problem> prove(Planned planned, Session session) {
        var limits = new Preflight.Limits(
                RunOptions.duration(planned.plan().parameters().getOrDefault("drain", "10s")), run.acceptsDrift());
        var problems = new Preflight(session.cluster(), session.cluster().proofs()).of(planned.plan(), limits);
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new RefusedException(problems);
        }
        output.story().print(ProblemText.of(problems, output.style()));
        return problems;
    }

    private int show(Planned planned, List<Problem> problems, Opening opening) {
        if (output.format() == OutputFormat.TABLE) {
            output.result()
                    .print(StatusText.tables(planned.plan().before(), output.style())
                            + "\n"
                            + PlanText.of(planned.plan(), planned.ranking(), output.style())
                            + opening.told(planned.plan(), output.style(), true)
                            + "\nDry run: everything was proved that can be, and nothing was changed.\n");
        } else {
            output.print(opening.json(planned.plan(), RunJson.planned(planned.plan(), problems)));
        }
        return ExitCode.DONE;
    }

    private void tell(String text) {
        if (!output.isQuiet()) {
            output.story().print(text);
        }
    }
}
