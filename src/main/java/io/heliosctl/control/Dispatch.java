package io.heliosctl.control;

import java.util.List;
import java.util.Locale;

/// One thing that a host will be told.
///
/// @param target name of the node or pooler it concerns
/// @param kind how it is told
/// @param text the command, the statement or the path; secrets are masked
/// @param commands the exact commands behind it, as a person would type them on that host; for a file those
///     that write it
/// @param diff the unified diff of the file it writes, secrets masked; empty if there is none to show
public record Dispatch(String target, Kind kind, String text, List<String> commands, String diff) {

    /// How a host is told.
    public enum Kind {
        /// By a command on the host.
        RUN,
        /// By SQL.
        SQL,
        /// By a command on PgBouncer's console.
        CONSOLE,
        /// By writing a file.
        WRITE,
        /// By removing a file.
        REMOVE,
        /// By a word to its dead-man's switch, a process that stands by on the host.
        SWITCH;

        /// The word used in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Dispatch {
        commands = List.copyOf(commands);
    }

    /// One that is its own exact command.
    static Dispatch of(String target, Kind kind, String text) {
        return new Dispatch(target, kind, text, List.of(text), "");
    }
}
