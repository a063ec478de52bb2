package io.heliosctl.cli;

import io.heliosctl.model.Problem;
import io.heliosctl.run.Caller;
import io.heliosctl.run.Doubts;
import io.heliosctl.run.Executor;
import io.heliosctl.run.FileJournal;
import io.heliosctl.run.Fingerprint;
import io.heliosctl.run.JournalHeader;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Plan;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunLocks;
import io.heliosctl.run.UnfinishedRuns;
import io.heliosctl.runbook.Runbook;
import java.time.Clock;
import java.util.Optional;

/// A run that begins.
///
/// @param reference what finds the runbook again
/// @param inventoryHash of the inventory as it counts for the cluster
record NewRun(
        RunId id,
        String reference,
        Runbook runbook,
        Plan plan,
        String inventoryHash,
        Session session,
        RunOptions options,
        Confirmation confirmation)
        implements Undertaking {

    @Override
    public Optional<String> breaks() {
        return options.breakLock();
    }

    @Override
    public void check(RunLocks locks) {
        if (!Fingerprint.of(session.observe()).equals(plan.fingerprint())) {
            throw new RefusedException(Problem.error("stale-plan", "the cluster has changed since it was planned for")
                    .hint("Look at it with \"heliosctl status\", then start again."));
        }
    }

    @Override
    public FileJournal journal(RunLocks locks) {
        var runs = RunDirectory.ofProcess();
        var header = new JournalHeader(
                Caller.here(Version.number(), options.reason()), locks.epoch(), locks.broken(), confirmation.answer());
        var line = header.run(runbook, plan, inventoryHash);
        line.put("runbook", reference);
        var journal = FileJournal.create(runs, id, line, Clock.systemUTC());
        breaks().ifPresent(broken -> UnfinishedRuns.abandon(runs, broken, id, header));
        return journal;
    }

    @Override
    public Doubts doubts() {
        return Doubts.nobody();
    }

    @Override
    public Outcome make(Executor executor) {
        return executor.run(plan);
    }

    @Override
    public boolean staysOpen(Outcome outcome) {
        return outcome instanceof Outcome.Unfinished;
    }

    @Override
    public int exitCode(Outcome outcome) {
        return ExitCode.of(outcome);
    }
}
