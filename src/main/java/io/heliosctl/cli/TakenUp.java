package io.heliosctl.cli;

import io.heliosctl.model.Problem;
import io.heliosctl.run.Caller;
import io.heliosctl.run.Doubts;
import io.heliosctl.run.Endings;
import io.heliosctl.run.Executor;
import io.heliosctl.run.FileJournal;
import io.heliosctl.run.History;
import io.heliosctl.run.JournalHeader;
import io.heliosctl.run.JournalReader;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Plan;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunLocks;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// A run that somebody goes on with.
///
/// @param history what its journal said when it was shown
/// @param accepted what has changed since it began, and is accepted
record TakenUp(
        Direction direction,
        History history,
        Plan plan,
        List<String> accepted,
        ResumeOptions options,
        Confirmation confirmation,
        Doubts doubts)
        implements Undertaking {

    /// The two ways to go on.
    enum Direction {
        RESUME("resume"),
        ROLLBACK("rollback");

        private final String word;

        Direction(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    @Override
    public RunId id() {
        return history.id();
    }

    @Override
    public Optional<String> breaks() {
        return Optional.empty();
    }

    @Override
    public void check(RunLocks locks) {
        locks.requireLast(id(), history.header());
        // From here on it is this run's again, however this ends.
        locks.keep(true);
        if (Endings.isEnded(JournalReader.read(RunDirectory.ofProcess(), id()))) {
            locks.keep(false);
            throw new RefusedException(
                    Problem.error("stale-plan", "somebody else has gone on with run " + id() + ", and it has ended")
                            .hint("See \"heliosctl runs %s\".".formatted(id())));
        }
    }

    @Override
    public FileJournal journal(RunLocks locks) {
        var header = new JournalHeader(
                        Caller.here(Version.number(), options.reason()),
                        locks.epoch(),
                        Optional.empty(),
                        confirmation.answer())
                .resumed(direction.word());
        if (!accepted.isEmpty()) {
            header.put("accepted_changes", accepted);
        }
        return FileJournal.reopen(RunDirectory.ofProcess(), id(), header, Clock.systemUTC());
    }

    @Override
    public Outcome make(Executor executor) {
        return direction == Direction.RESUME ? executor.resume(plan, history) : executor.rollBack(plan, history);
    }

    @Override
    public boolean staysOpen(Outcome outcome) {
        return outcome instanceof Outcome.Unfinished || outcome instanceof Outcome.Refused;
    }

    /// Whoever asked for it to be taken back has got what was asked for.
    @Override
    public int exitCode(Outcome outcome) {
        return direction == Direction.ROLLBACK && outcome instanceof Outcome.RolledBack
                ? ExitCode.DONE
                : ExitCode.of(outcome);
    }
}
