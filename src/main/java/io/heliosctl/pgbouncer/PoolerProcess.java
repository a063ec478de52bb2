package io.heliosctl.pgbouncer;

import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;

/// One PgBouncer process and its console.
///
/// There are two lines to the console, for it takes one command at a time per connection, and RESUME must not
/// wait behind a PAUSE.
final class PoolerProcess implements AutoCloseable {

    private final Pooler pooler;
    private final PgbouncerSettings.Instance instance;
    private final ConsoleLine talking;
    private final ConsoleLine pausing;

    PoolerProcess(Remote remote, Pooler pooler, PgbouncerSettings.Instance instance) {
        this.pooler = pooler;
        this.instance = instance;
        this.talking = new ConsoleLine(remote, pooler, instance);
        this.pausing = new ConsoleLine(remote, pooler, instance);
    }

    PgbouncerSettings.Instance instance() {
        return instance;
    }

    PoolerName pooler() {
        return pooler.name();
    }

    /// What it is called in messages.
    String name() {
        return pooler.pgbouncer().instances().size() == 1
                ? pooler.name().toString()
                : pooler.name() + " (" + instance.socketDir() + ")";
    }

    /// What to type on the host to reach its console.
    String consoleCommand() {
        return "psql -h " + instance.socketDir() + " -p " + pooler.pgbouncer().port() + " -U "
                + pooler.pgbouncer().admin() + " pgbouncer";
    }

    PgbouncerVersion version(Duration deadline) {
        return talking.open(deadline).version();
    }

    PoolerState.Instance observe(Duration deadline) {
        var seen = look(deadline);
        return seen.state(instance.socketDir(), !seen.isSurelyNotPaused() && isPaused(deadline));
    }

    /// All that the SHOW commands say, asked in one write.
    Observation look(Duration deadline) {
        var tables =
                read(deadline, ConsoleCommand.SHOW_DATABASES, ConsoleCommand.SHOW_POOLS, ConsoleCommand.SHOW_CONFIG);
        return new Observation(tables.get(0), tables.get(1), tables.get(2));
    }

    /// Whether the whole process is paused or suspended; single databases may be beside that.
    ///
    /// Before 1.19 no SHOW command tells (pgbouncer#557); see [ConsoleCommand#KILL_CONSOLE], which leaves a
    /// line in PgBouncer's log.
    boolean isPaused(Duration deadline) {
        if (version(deadline).hasShowState()) {
            return read(deadline, ConsoleCommand.SHOW_STATE).getFirst().stream()
                    .noneMatch(row -> row.text("key").equals("active")
                            && row.text("value").equals("yes"));
        }
        return switch (ask(deadline, ConsoleCommand.KILL_CONSOLE).getFirst()) {
            case Answer.Refused refused when refused.message().contains("suspended/paused") -> true;
            case Answer.Refused refused when refused.message().startsWith("cannot kill admin db") -> false;
            case Answer.Refused refused -> throw refusal("tell whether it is paused", refused);
            case Answer.Table _ -> throw new IllegalStateException("PgBouncer killed its own console");
        };
    }

    /// The rows of SHOW commands.
    List<List<Row>> read(Duration deadline, ConsoleCommand... commands) {
        return ask(deadline, commands).stream()
                .map(answer -> switch (answer) {
                    case Answer.Table table -> table.rows();
                    case Answer.Refused refused -> throw refusal("look at it", refused);
                })
                .toList();
    }

    /// Asks again on a new console if the old one was lost, so every command here must be one that may come
    /// twice.
    List<Answer> ask(Duration deadline, ConsoleCommand... commands) {
        var console = talking.open(deadline).console();
        try {
            return console.ask(deadline, commands);
        } catch (UnknownOutcomeException e) {
            console.close();
            if (!console.hasEnded()) {
                throw e;
            }
            return talking.open(deadline).console().ask(deadline, commands);
        }
    }

    /// The console for PAUSE.
    Console pauseConsole(Duration deadline) {
        return pausing.open(deadline).console();
    }

    ProblemException refusal(String what, Answer.Refused refused) {
        var problem = Problem.error("console-refused", "PgBouncer " + name() + " refused to " + what)
                .detail("It says: " + refused.message() + ".");
        return new ProblemException(
                refused.message().contains("admin access needed")
                        ? problem.hint(
                                "Put " + pooler.pgbouncer().admin() + " into admin_users in " + instance.config() + ".")
                        : problem);
    }

    @Override
    public void close() {
        talking.close();
        pausing.close();
    }
}
