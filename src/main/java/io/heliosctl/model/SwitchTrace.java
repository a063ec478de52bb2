package io.heliosctl.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What is seen of one dead-man's switch on its host.
///
/// @param target the node or pooler it is for
/// @param run the run that armed it
/// @param state how far it is
/// @param left how long until it fires; absent once it has
/// @param at when the last thing happened to it; absent while it is armed
/// @param mode `back` if it makes everything as it was, `forward` if it only lets clients in
/// @param outcome what came of it, in a few words; may be empty
public record SwitchTrace(
        String target,
        String run,
        State state,
        Optional<Duration> left,
        Optional<Instant> at,
        String mode,
        String outcome) {

    /// Armed, or fired and how far that went.
    public enum State {
        ARMED,
        FIRED,
        DONE,
        FAILED;

        /// The word used in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// True once nothing more will come of it.
    public boolean hasEnded() {
        return state == State.DONE || state == State.FAILED;
    }
}
