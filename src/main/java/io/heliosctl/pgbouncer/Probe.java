package io.heliosctl.pgbouncer;

import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Goes through the pool as clients do, log-in included. One psql each time: one that stayed would hold a
/// server in session mode, and PAUSE would wait for it.
record Probe(Remote remote, Pooler pooler, String database) {

    /// A transaction that is written and flushed as any commit is, and leaves nothing behind
    /// (manual, "Replication Management Functions"). A standby refuses it.
    static final String WRITE = """
            select pg_logical_emit_message(true, 'heliosctl', 'write probe'), inet_server_addr(),
              coalesce(inet_server_port(), current_setting('port')::int), pg_is_in_recovery()""";

    private static final String READ = "select 1";

    /// @throws ProblemException `probe-failed` if the write was refused, `probe-timed-out` if it was not
    ///     answered
    Landed write(PgbouncerSettings.Instance instance, Duration deadline) {
        var output = run(instance, deadline, WRITE);
        var cells = output.strip().split("\u001f", -1);
        if (cells.length != 4 || !cells[2].matches("[0-9]{1,5}")) {
            throw new ProblemException(
                    Problem.error("probe-failed", "the write probe through " + name(instance) + " was not understood")
                            .detail("It answered: " + Words.clean(output)));
        }
        return new Landed(
                instance.socketDir(),
                Optional.of(cells[1]).filter(address -> !address.isEmpty()),
                Integer.parseInt(cells[2]),
                cells[3].equals("t"));
    }

    void read(PgbouncerSettings.Instance instance, Duration deadline) {
        run(instance, deadline, READ);
    }

    /// psql's output without the process ID in its first line.
    private String run(PgbouncerSettings.Instance instance, Duration deadline, String sql) {
        var seconds = Math.max(1, deadline.plusMillis(999).toSeconds());
        var command = Psql.once(pooler, instance.socketDir(), database, seconds, sql);
        return switch (remote.run(command.timeout(deadline))) {
            case Ran.Exited exited
            when exited.ok() -> exited.text().lines().skip(1).reduce("", String::concat);
            case Ran.Exited exited when exited.status() == 124 -> throw timedOut(instance, deadline);
            case Ran.Exited exited ->
                throw new ProblemException(
                        Problem.error("probe-failed", "the probe through " + name(instance) + " failed")
                                .detail(Words.clean(exited.errorText())));
            case Ran.Signalled _ -> throw timedOut(instance, deadline);
            case Ran.NoAnswer _ -> throw timedOut(instance, deadline);
        };
    }

    private ProblemException timedOut(PgbouncerSettings.Instance instance, Duration deadline) {
        return new ProblemException(Problem.error(
                        "probe-timed-out",
                        "the probe through " + name(instance) + " was not answered within " + deadline.toMillis()
                                + " ms")
                .detail("PgBouncer may be paused, its pool full, or the server not there."));
    }

    private String name(PgbouncerSettings.Instance instance) {
        return List.of(pooler.name().toString(), instance.socketDir()).toString();
    }
}
