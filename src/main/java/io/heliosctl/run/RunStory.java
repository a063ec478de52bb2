package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything a journal tells about a run, for people.
///
/// @param chapters one for each session: who began it, then everybody who went on with it
/// @param last when the last line was written
/// @param torn whether a further line was begun and cut off
/// @param flaws what is not as it was written; what the rest tells is then not to be relied on
public record RunStory(History history, List<Chapter> chapters, Instant last, boolean torn, List<JournalFlaw> flaws) {

    public RunStory {
        chapters = List.copyOf(chapters);
        flaws = List.copyOf(flaws);
    }

    /// What one process did for the run.
    ///
    /// @param answers what was asked before it and on the way, and answered
    /// @param entries in the order in which they were begun
    /// @param remarks what was said about the step being made
    /// @param conclusion how it ended; empty if it works, or if it was cut off
    public record Chapter(
            Session session,
            List<Answer> answers,
            List<History.Entry> entries,
            List<Remark> remarks,
            Optional<Conclusion> conclusion) {

        public Chapter {
            answers = List.copyOf(answers);
            entries = List.copyOf(entries);
            remarks = List.copyOf(remarks);
        }
    }

    /// Something that was said while a step was made.
    public record Remark(Instant time, String text) {}

    /// One process that worked on the run.
    ///
    /// @param command `run` for the one that began it, then `resume` or `rollback`
    /// @param host the machine where it ran
    public record Session(
            Instant since, String command, String user, String host, long pid, String version, String reason) {

        /// True if that process is still there. Of another machine nobody here knows.
        boolean isAlive() {
            return host.equals(Caller.machine())
                    && ProcessHandle.of(pid)
                            .filter(ProcessHandle::isAlive)
                            .flatMap(process -> process.info().startInstant())
                            // A later process may have got the same number.
                            .filter(start -> start.isBefore(since))
                            .isPresent();
        }
    }

    /// The last word of a session.
    public record Conclusion(Instant time, String outcome, List<Problem> problems) {}

    /// How a run stands.
    public enum Standing {
        DONE("done"),
        /// Done, and something that was tolerated is owed.
        OWED("owed"),
        REFUSED("refused"),
        TAKEN_BACK("taken back"),
        /// It says itself that somebody has to go on.
        UNFINISHED("unfinished"),
        /// Its locks were broken by a later run; nobody goes on with it.
        ABANDONED("abandoned"),
        /// Its process is at it.
        AT_WORK("at work"),
        /// It says nothing, and its process is not there, at least not on this machine.
        CUT_OFF("cut off");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /// True if somebody has to go on with the run.
        public boolean isOpen() {
            return this == UNFINISHED || this == CUT_OFF;
        }
    }

    public RunId id() {
        return history.id();
    }

    public Standing standing() {
        var chapter = chapters.getLast();
        if (chapter.conclusion().isEmpty()) {
            return chapter.session().isAlive() ? Standing.AT_WORK : Standing.CUT_OFF;
        }
        var conclusion = chapter.conclusion().get();
        return switch (conclusion.outcome()) {
            case "succeeded" -> conclusion.problems().isEmpty() ? Standing.DONE : Standing.OWED;
            case "refused" -> Standing.REFUSED;
            case "rolled_back" -> Standing.TAKEN_BACK;
            case Endings.ABANDONED -> Standing.ABANDONED;
            default -> Standing.UNFINISHED;
        };
    }

    /// From its beginning until the last line.
    public Duration took() {
        return Duration.between(history.header().since(), last);
    }
}
