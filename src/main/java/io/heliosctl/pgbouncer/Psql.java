package io.heliosctl.pgbouncer;

import io.heliosctl.model.Pooler;
import io.heliosctl.remote.Command;
import java.util.ArrayList;
import java.util.List;

/// The command lines of psql on a pooler's host. It reads no file of its user's, asks no password, and takes
/// nothing from the environment that would lead it elsewhere.
final class Psql {

    /// The first line of output is the process ID, so that a psql which waits for ever can be ended. The
    /// database goes in by the environment: as an option, a name such as `a=b` would be read as a connection
    /// string.
    private static final String SCRIPT = """
            unset PGOPTIONS PGHOSTADDR PGSERVICE PGSERVICEFILE PGTARGETSESSIONATTRS PGREQUIREAUTH PGCHANNELBINDING
            unset PGREQUIREPEER PGSSLMODE PGLOADBALANCEHOSTS
            export LC_ALL=C PGCLIENTENCODING=UTF8 PGCONNECT_TIMEOUT=5 PGAPPNAME=heliosctl PGDATABASE="$1"
            shift
            echo "$$"
            exec "$@"
            """;

    private Psql() {}

    /// A psql that stays, connected to the console of one process.
    static Command console(Pooler pooler, String socketDir) {
        var words = words(pooler, "pgbouncer", socketDir);
        words.addAll(PsqlFrame.options());
        return Command.script(SCRIPT, words.toArray(String[]::new));
    }

    /// The words of a psql that runs one console command, which `-c` is still to name, and ends. It needs the
    /// environment of [#SCRIPT].
    static List<String> consoleOnce(Pooler pooler, String socketDir) {
        var words = words(pooler, "pgbouncer", socketDir);
        words.removeFirst();
        words.addAll(0, List.of("timeout", "-k", "1", "5"));
        words.addAll(List.of("-X", "-q", "-A", "-t", "-w", "-F", "|"));
        return List.copyOf(words);
    }

    /// A psql that runs one constant statement through the pool and ends; `timeout` ends it if nobody else
    /// does.
    static Command once(Pooler pooler, String socketDir, String database, long seconds, String sql) {
        var words = words(pooler, database, socketDir);
        words.addAll(1, List.of("timeout", "-k", "1", Long.toString(seconds)));
        words.addAll(PsqlFrame.options());
        words.addAll(List.of("-t", "-v", "ON_ERROR_STOP=1", "-c", sql));
        return Command.script(SCRIPT, words.toArray(String[]::new));
    }

    private static List<String> words(Pooler pooler, String database, String socketDir) {
        var settings = pooler.pgbouncer();
        return new ArrayList<>(List.of(
                database,
                settings.psql(),
                "-h",
                socketDir,
                "-p",
                Integer.toString(settings.port()),
                "-U",
                settings.admin()));
    }
}
