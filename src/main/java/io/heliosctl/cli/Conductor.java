package io.heliosctl.cli;

import io.heliosctl.control.HostLocks;
import io.heliosctl.control.SwitchLook;
import io.heliosctl.model.Problem;
import io.heliosctl.run.Announced;
import io.heliosctl.run.Executor;
import io.heliosctl.run.Interruption;
import io.heliosctl.run.Journal;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Plan;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.Report;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunLocks;
import io.heliosctl.run.Wakefulness;
import io.heliosctl.step.Fence;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Conducts an undertaking from taking the locks to the report.
final class Conductor {

    /// What every journal passes through: tests stop a run at a known place of it.
    static volatile UnaryOperator<Journal> witness = UnaryOperator.identity();

    private final Session session;
    private final Confirmation confirmation;
    private final OutputOptions output;
    private long begun;

    Conductor(Session session, Confirmation confirmation, OutputOptions output) {
        this.session = session;
        this.confirmation = confirmation;
        this.output = output;
    }

    /// From taking the locks on no signal ends this process: it would leave them behind.
    ///
    /// @return the exit code
    int conduct(Undertaking undertaking, HostLocks hosts) {
        begun = System.nanoTime();
        var cluster = undertaking.plan().before().cluster().name();
        var interruption = new Interruption();
        try (var progress = Story.open(output);
                var signals = SignalWatch.install(interruption, progress.listener(), output.story());
                var locks = RunLocks.take(
                        RunDirectory.ofProcess(),
                        hosts,
                        undertaking.id(),
                        cluster,
                        Version.number(),
                        undertaking.breaks())) {
            var switches = session.cluster()
                    .lookForSwitches(RunLocks.key(undertaking.plan().before()));
            undertaking.check(locks);
            requireNone(switches.ofOthers(undertaking.id().value()));
            try (var journal = undertaking.journal(locks);
                    var wakefulness = Wakefulness.watch()) {
                session.cluster().tell(text -> {
                    journal.said(text);
                    signals.listener().said(text);
                });
                confirmation.hear(journal::answered);
                var executor = new Executor(
                        session.cluster(),
                        witness.apply(journal),
                        signals.listener(),
                        interruption,
                        locks,
                        wakefulness,
                        undertaking.doubts());
                return conduct(undertaking, locks, executor, switches);
            }
        }
    }

    /// What another run has armed would undo this one's work.
    private static void requireNone(List<Problem> armed) {
        if (!armed.isEmpty()) {
            throw new RefusedException(armed);
        }
    }

    private int conduct(Undertaking undertaking, RunLocks locks, Executor executor, SwitchLook switches) {
        locks.keep(true);
        var key = RunLocks.key(undertaking.plan().before());
        session.cluster().beginRun(key, undertaking.id().value(), locks.epoch(), switches);
        var outcome = undertaking.make(executor);
        switch (outcome) {
            case Outcome.Succeeded done -> session.cluster().forgetSwitches(key, Optional.empty());
            case Outcome.RolledBack back ->
                session.cluster()
                        .forgetSwitches(key, Optional.of(undertaking.id().value()));
            case Outcome.Refused refused -> {}
            case Outcome.Unfinished open -> {}
        }
        locks.keep(undertaking.staysOpen(outcome));
        var after = session.observe();
        var report = new Report(
                undertaking.id(),
                undertaking.plan(),
                outcome,
                executor.records(),
                Optional.of(after),
                session.cluster().failover().histories(after),
                announced(undertaking.plan()),
                begun);
        new ReportPrinter(output).print(report);
        return undertaking.exitCode(outcome);
    }

    /// What is said of a former primary that is only fenced now.
    private static Optional<Announced> announced(Plan plan) {
        return plan.parts(Fence.class)
                .map(Fence::target)
                .findFirst()
                .flatMap(node -> Announced.of(
                        RunDirectory.ofProcess(), plan.before().cluster().name(), node));
    }
}
