package io.heliosctl.cli;

import io.heliosctl.run.Doubts;
import io.heliosctl.run.Executor;
import io.heliosctl.run.FileJournal;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Plan;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunLocks;
import java.util.Optional;

/// Something that changes a cluster, once it has been asked for: a new run, or going on with one.
interface Undertaking {

    RunId id();

    Plan plan();

    /// The run whose locks may be broken for it.
    Optional<String> breaks();

    /// Looks once more, with the locks held.
    ///
    /// @throws io.heliosctl.model.ProblemException if it must not begin after all
    void check(RunLocks locks);

    /// Opens the journal, before anything is changed.
    FileJournal journal(RunLocks locks);

    Doubts doubts();

    Outcome make(Executor executor);

    /// Whether somebody has to go on with the run after that.
    boolean staysOpen(Outcome outcome);

    int exitCode(Outcome outcome);
}
