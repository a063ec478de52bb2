package io.heliosctl.pgbouncer;

/// Text that a server sent, made fit to be shown.
final class Words {

    private Words() {}

    /// On one line and without control characters, so that no server can write to the operator's terminal.
    static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
