package io.heliosctl.control;

import java.time.Duration;

/// Asks the person who runs this.
@FunctionalInterface
public interface Questions {

    /// Asks a question whose answer is yes or no. Nobody there, or no answer in time, is a no.
    boolean isYes(String question, Duration timeout);

    /// Nobody can be asked.
    static Questions nobody() {
        return (question, timeout) -> false;
    }
}
