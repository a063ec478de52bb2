package io.heliosctl.pgbouncer;

/// A command for the PgBouncer console. There is no way to make one from free text: all are constants, but for
/// the name of a database, which PgBouncer's own rule quotes (`"`, doubled inside; `WORD` in its admin.c).
final class ConsoleCommand {

    static final ConsoleCommand PAUSE = new ConsoleCommand("PAUSE");
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

    private ConsoleCommand(String text) {
        this.text = text;
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
