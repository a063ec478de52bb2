package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;

/// Reads what [FileJournal] has written.
public final class JournalReader {

    private JournalReader() {}

    /// What the journal of a run says, to act on it. A last line that was cut off while it was written was not
    /// written.
    ///
    /// @throws ProblemException if there is no such journal, it cannot be read, or its chain is broken, so
    ///     that nobody knows what was done; or if others could write there
    public static History read(RunDirectory runs, RunId id) {
        runs.check(id);
        var story = story(runs, id);
        if (!story.flaws().isEmpty()) {
            throw new ProblemException(
                    Problem.error("journal-broken", "the journal of run " + id + " is not as written")
                            .detail("%s: %s."
                                    .formatted(
                                            runs.journal(id),
                                            story.flaws().stream()
                                                    .map(JournalFlaw::sentence)
                                                    .collect(Collectors.joining("; "))))
                            .hint(
                                    "Nobody knows what was done. Look at the cluster with \"heliosctl status\", and mend it by hand."));
        }
        return story.history();
    }

    /// The same to be shown: as much as can be understood, with what is wrong with it.
    ///
    /// @throws ProblemException if there is no such journal, or it does not begin with the header of that run
    public static RunStory story(RunDirectory runs, RunId id) {
        try {
            var file = JournalFile.read(runs.journal(id));
            return new StoryTeller(id, file).story().orElseThrow(() -> unreadable(runs, id, "It has no header."));
        } catch (IOException e) {
            throw unreadable(runs, id, why(e));
        }
    }

    static String why(IOException e) {
        return e instanceof NoSuchFileException
                ? "It is not there."
                : e.getClass().getSimpleName() + ": " + e.getMessage() + ".";
    }

    private static ProblemException unreadable(RunDirectory runs, RunId id, String why) {
        return new ProblemException(
                Problem.error("journal-unreadable", "could not read the journal " + runs.journal(id))
                        .detail(why)
                        .hint("\"heliosctl runs\" lists those that can be read."));
    }
}
