package io.heliosctl.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whether the journal of a run is as it was written.
///
/// @param lines how many whole lines it has
/// @param head the SHA-256 of the last one: who keeps it elsewhere can tell later that nothing was taken away
/// @param torn whether a further line was begun and cut off, which does no harm
/// @param unreadable why it is no journal of that run at all
public record Verification(
        RunId id,
        Path file,
        int lines,
        String head,
        boolean torn,
        List<JournalFlaw> flaws,
        Optional<String> unreadable) {

    public Verification {
        flaws = List.copyOf(flaws);
    }

    public static Verification of(RunDirectory runs, RunId id) {
        var path = runs.journal(id);
        try {
            var file = JournalFile.read(path);
            var unreadable = new StoryTeller(id, file).story().isPresent()
                    ? Optional.<String>empty()
                    : Optional.of("It has no header of that run.");
            return new Verification(
                    id,
                    path,
                    file.lines().size(),
                    file.lines().isEmpty() ? "" : file.lines().getLast().sha256(),
                    file.torn().size() > 0,
                    file.flaws(),
                    unreadable);
        } catch (IOException e) {
            return new Verification(id, path, 0, "", false, List.of(), Optional.of(JournalReader.why(e)));
        }
    }

    /// True if every line is as it was written.
    public boolean holds() {
        return flaws.isEmpty() && unreadable.isEmpty();
    }
}
