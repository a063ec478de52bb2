package io.heliosctl.pgbouncer;

import io.heliosctl.remote.Permit;
import java.util.Optional;

/// A command for the PgBouncer console. There is no way to make one from free text: all are constants, but for
/// the name of a database, which PgBouncer's own rule quotes (`"`, doubled inside; `WORD` in its admin.c).
final class ConsoleCommand {

    static final ConsoleCommand RESUME = new ConsoleCommand("RESUME");
    static final ConsoleCommand SHOW_CLIENTS = new ConsoleCommand("SHOW CLIENTS");
    static final ConsoleCommand SHOW_CONFIG = new ConsoleCommand("SHOW CONFIG");
    static final ConsoleCommand SHOW_DATABASES = new ConsoleCommand("SHOW DATABASES");
    static final ConsoleCommand SHOW_POOLS = new ConsoleCommand("SHOW POOLS");
    static final ConsoleCommand SHOW_SERVERS = new ConsoleCommand("SHOW SERVERS");
    static final ConsoleCommand SHOW_STATE = new ConsoleCommand("SHOW STATE");
    static final ConsoleCommand SHOW_STATS = new ConsoleCommand("SHOW STATS");
    static final ConsoleCommand SHOW_VERSION = new ConsoleCommand("SHOW VERSION");

    /// Tells whether PgBouncer before 1.19 is paused, and changes nothing. The console's own database can never
    /// be killed, and PgBouncer looks at the pause first: "already suspended/paused" or "cannot kill admin db".
    static final ConsoleCommand KILL_CONSOLE = new ConsoleCommand("KILL pgbouncer");

    private final String text;
    private final Optional<Permit> permit;

    private ConsoleCommand(String text) {
        this(text, Optional.empty());
    }

    private ConsoleCommand(String text, Optional<Permit> permit) {
        this.text = text;
        this.permit = permit;
    }

    /// PAUSE, if it is still permitted when it arrives at psql.
    static ConsoleCommand pause(Optional<Permit> permit) {
        return new ConsoleCommand("PAUSE", permit);
    }

    /// What must still be so on psql's host for it to be sent on.
    Optional<Permit> permit() {
        return permit;
    }

    static ConsoleCommand resume(String database) {
        return new ConsoleCommand("RESUME " + quoted(database));
    }

    static ConsoleCommand kill(String database) {
        return new ConsoleCommand("KILL " + quoted(database));
    }

    static ConsoleCommand reconnect(String database) {
        return new ConsoleCommand("RECONNECT " + quoted(database));
    }

    /// How long a query may take until PgBouncer ends it; 0 is for ever. The next SIGHUP makes it what the file
    /// says.
    ///
    /// @throws IllegalArgumentException if that is no number
    static ConsoleCommand queryTimeout(String seconds) {
        if (!seconds.matches("[0-9]{1,9}([.][0-9]{1,6})?")) {
            throw new IllegalArgumentException("not a number of seconds: " + seconds);
        }
        return new ConsoleCommand("SET query_timeout = " + seconds);
    }

    /// @throws IllegalArgumentException if the name holds a control character
    private static String quoted(String database) {
        if (database.isEmpty() || database.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not a database name: " + database);
        }
        return "\"" + database.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return text;
    }
}
