package io.heliosctl.run;

/// Asks a person what no look can tell: whether a command of the site's own was run before the program died.
@FunctionalInterface
public interface Doubts {

    /// What the person says.
    enum Answer {
        /// It was made, so it is not made again.
        DONE,
        /// It was not made, so it is made.
        NOT_DONE,
        /// Nobody knows, or nobody is there: then nothing is done.
        STOP
    }

    /// Asks what became of it.
    ///
    /// @param question what was begun, where, and how it ended as far as is known
    Answer settle(Doubt question);

    /// One step on one target.
    ///
    /// @param step its number in the plan
    /// @param summary what it does, in the imperative
    /// @param entry what the journal says
    record Doubt(int step, String summary, History.Entry entry) {}

    /// Nobody is there.
    static Doubts nobody() {
        return question -> Answer.STOP;
    }
}
