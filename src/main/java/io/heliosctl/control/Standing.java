package io.heliosctl.control;

/// Whether a host's lock is still a run's own.
sealed interface Standing {

    record Mine() implements Standing {}

    /// Nobody holds it: the host was rebooted, or somebody has removed the file.
    record Gone() implements Standing {}

    /// Another run has it, or has had it since.
    ///
    /// @param holder the line of the lock; empty if it has been let go
    record Taken(String holder) implements Standing {}

    /// The host did not say.
    record Unknown(String reason) implements Standing {}
}
