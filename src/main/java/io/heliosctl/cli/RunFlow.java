package io.heliosctl.cli;

import io.heliosctl.control.HostLocks;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.Caller;
import io.heliosctl.run.Executor;
import io.heliosctl.run.FileJournal;
import io.heliosctl.run.Fingerprint;
import io.heliosctl.run.Interruption;
import io.heliosctl.run.JournalHeader;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Plan;
import io.heliosctl.run.Planner;
import io.heliosctl.run.Planner.Planned;
import io.heliosctl.run.Preflight;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.Report;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunLocks;
import io.heliosctl.run.Wakefulness;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.view.PlanText;
import io.heliosctl.view.ProblemText;
import io.heliosctl.view.ReportText;
import io.heliosctl.view.RunJson;
import io.heliosctl.view.StatusText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every changing command does: look, plan, prove, show, ask, look again, run, report.
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
        var cluster = clusterOrNode.orElse("");
        try {
            var runbook = inventory.runbooks().find(runbookName);
            try (var session =
                    Session.open(inventory, inventory.cluster(clusterOrNode), confirmation.questions(output.story()))) {
                cluster = session.cluster().cluster().name();
                return execute(runbook, session, parameters);
            }
        } catch (ProblemException e) {
            if (output.format() != OutputFormat.TABLE) {
                output.print(RunJson.refused(cluster, runbookName, e.problems()));
            }
            throw e;
        }
    }

    private int execute(Runbook runbook, Session session, Map<String, String> parameters) {
        runs().check();
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
            return execute(runbook, planned, session, locks);
        } catch (RefusedException e) {
            // What another run is doing may be all that was wrong.
            refuseIfLocked(locks, name);
            throw e;
        }
    }

    private void refuseIfLocked(HostLocks locks, String cluster) {
        if (run.breakLock().isEmpty() && !run.isDryRun()) {
            RunLocks.heldByAnother(runs(), locks, cluster).ifPresent(problem -> {
                throw new RefusedException(problem);
            });
        }
    }

    private static RunDirectory runs() {
        return RunDirectory.standard(System.getenv(), Path.of(System.getProperty("user.home")));
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

    private void requireFresh(Planned planned, Session session) {
        if (!Fingerprint.of(session.observe()).equals(planned.plan().fingerprint())) {
            throw new RefusedException(Problem.error("stale-plan", "the cluster has changed since it was planned for")
                    .hint("Look at it with \"heliosctl status\", then start again."));
        }
    }

    /// From taking the locks on no signal ends this process: it would leave them behind.
    private int execute(Runbook runbook, Planned planned, Session session, HostLocks hosts) {
        var cluster = planned.plan().before().cluster().name();
        var id = RunId.create(cluster, Clock.systemUTC().instant());
        var interruption = new Interruption();
        try (var progress = Story.open(output);
                var signals = SignalWatch.install(interruption, progress.listener(), output.story());
                var locks = RunLocks.take(runs(), hosts, id, cluster, Version.number(), run.breakLock())) {
            requireFresh(planned, session);
            try (var journal = FileJournal.create(runs(), id, header(runbook, planned, locks), Clock.systemUTC());
                    var wakefulness = Wakefulness.watch()) {
                session.cluster().tell(text -> {
                    journal.said(text);
                    signals.listener().said(text);
                });
                confirmation.hear(journal::answered);
                var executor =
                        new Executor(session.cluster(), journal, signals.listener(), interruption, locks, wakefulness);
                return execute(id, planned.plan(), session, locks, executor);
            }
        }
    }

    private int execute(RunId id, Plan plan, Session session, RunLocks locks, Executor executor) {
        locks.keep(true);
        var outcome = executor.run(plan);
        locks.keep(outcome instanceof Outcome.Unfinished);
        var after = session.observe();
        return report(new Report(id, plan, outcome, executor.records(), Optional.of(after)));
    }

    private Map<String, Object> header(Runbook runbook, Planned planned, RunLocks locks) {
        var plan = planned.plan();
        return new JournalHeader(
                        Caller.here(Version.number(), run.reason()),
                        locks.epoch(),
                        locks.broken(),
                        confirmation.answer())
                .run(runbook, plan, inventory.inventory().sha256(plan.before().cluster()));
    }

    private int report(Report report) {
        if (output.format() == OutputFormat.TABLE) {
            output.result().print(ReportText.of(report, output.style()));
        } else {
            output.print(RunJson.of(report));
        }
        switch (report.outcome()) {
            case Outcome.Unfinished open -> output.story().print(ProblemText.of(open.problems(), output.style()));
            case Outcome.RolledBack back ->
                output.story().print(ProblemText.of(untold(back.problems(), report), output.style()));
            case Outcome.Refused refused -> output.story().print(ProblemText.of(refused.problems(), output.style()));
            case Outcome.Succeeded done -> {}
        }
        return ExitCode.of(report.outcome());
    }

    /// What no step has told already: that somebody wanted it to stop.
    private static List<Problem> untold(List<Problem> problems, Report report) {
        var told = report.steps().stream()
                .flatMap(step -> step.problems().stream())
                .toList();
        return problems.stream().filter(problem -> !told.contains(problem)).toList();
    }

    private void tell(String text) {
        if (!output.isQuiet()) {
            output.story().print(text);
        }
    }
}
