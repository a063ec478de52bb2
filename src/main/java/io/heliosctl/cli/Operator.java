package io.heliosctl.cli;

import java.io.Console;
import java.util.Optional;

/// The person in front of the terminal, if there is one.
final class Operator {

    private Operator() {}

    /// The terminal to ask on; empty if input or output is not one. Java 22 to 24 have a console that is no
    /// terminal, other versions have none then.
    static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
