package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything a journal tells about a run, for people.
///
/// @param sessions who worked on it: who began it, then everybody who went on with it
/// @param answers what was asked on the way, and answered
/// @param conclusions each outcome that was written; a later one follows after somebody has gone on
/// @param last when the last line was written
/// @param torn whether a further line was begun and cut off
/// @param flaws what is not as it was written; what the rest tells is then not to be relied on
public record RunStory(
        History history,
        List<Session> sessions,
        List<Answer> answers,
        List<Conclusion> conclusions,
        Instant last,
        boolean torn,
        List<JournalFlaw> flaws) {

    public RunStory {
        sessions = List.copyOf(sessions);
        answers = List.copyOf(answers);
        conclusions = List.copyOf(conclusions);
        flaws = List.copyOf(flaws);
    }

    /// One process that worked on the run.
    ///
    /// @param command `run` for the one that began it, then `resume` or `rollback`
    /// @param host the machine where it ran
    public record Session(
            Instant since, String command, String user, String host, long pid, String version, String reason) {}

    /// The outcome of a session.
    public record Conclusion(Instant time, String outcome, List<Problem> problems) {}

    public RunId id() {
        return history.id();
    }

    /// True if `resume` has something to do: it was cut off, or it says so itself.
    public boolean isOpen() {
        return history.outcome().map("unfinished"::equals).orElse(true);
    }

    /// From its beginning until the last line.
    public Duration took() {
        return Duration.between(history.header().since(), last);
    }
}
