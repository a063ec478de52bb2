package io.heliosctl.run;

/// A line of a journal that is not as it was written.
///
/// @param line counted from 1
public record JournalFlaw(int line, Kind kind) {

    /// What was done to it.
    public enum Kind {
        /// Its bytes are not those that were written.
        CHANGED("was changed"),
        /// One or more lines before it are gone.
        MISSING("follows a line that is missing"),
        /// It does not stand where it was written.
        MOVED("is not in its place");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /// What it is, for people: `line 4 was changed`.
    public String sentence() {
        return "line " + line + " " + kind.words;
    }
}
