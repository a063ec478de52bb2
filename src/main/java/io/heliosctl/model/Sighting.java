package io.heliosctl.model;

import java.util.Locale;

/// What one observer says of a server that may be lost.
///
/// @param observer a node or pooler whose host was asked, or [#HERE]
/// @param way how the observer tried
/// @param detail what was seen, in a few words; may be empty
public record Sighting(String observer, Way way, Answer answer, String detail) {

    /// The machine heliosctl runs on.
    public static final String HERE = "here";

    /// How a server is looked for.
    public enum Way {
        /// A login on its host.
        SSH("SSH"),
        /// A query, or a query through SSH.
        SQL("SQL"),
        /// A connection to PostgreSQL's port, as pg_isready(1) makes it.
        PORT("port"),
        /// Messages that a standby's walreceiver gets.
        STREAM("WAL stream"),
        /// Transactions that a pooler's clients end there.
        CLIENTS("clients");

        private final String text;

        Way(String text) {
            this.text = text;
        }

        /// For people.
        public String text() {
            return text;
        }

        /// The word used in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What came of it.
    public enum Answer {
        /// The server is alive for that observer.
        ALIVE("yes"),
        /// It was tried, and there was no answer.
        SILENT("no"),
        /// It could not be tried.
        UNKNOWN("?");

        private final String text;

        Answer(String text) {
            this.text = text;
        }

        /// For people: does the observer reach it?
        public String text() {
            return text;
        }

        /// The word used in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// True if it was seen from the machine of the operator.
    public boolean isFromHere() {
        return observer.equals(HERE);
    }
}
