package io.heliosctl.pgbouncer;

import io.heliosctl.pgbouncer.Pause.Ended;
import io.heliosctl.remote.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// PAUSE of one process whose server connections hang on a dead server: PgBouncer itself is made to end the
/// queries it has waited for too long, so that the pause comes. Clients that waited for such a query see an
/// error; all others go on waiting.
///
/// KILL would do the same at once, but PgBouncer has crashed on it while clients came and went (pgbouncer#1401;
/// seen with 1.18, too), and then nobody is served. So it is only for what this cannot end, such as clients in
/// session mode.
final class Drop {

    /// PgBouncer looks for such queries three times a second.
    private static final String AGE_SECONDS = "1";

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration QUESTION = Duration.ofSeconds(5);

    private final PoolerProcess process;

    private final Optional<Permit> permit;

    private Drop(PoolerProcess process, Optional<Permit> permit) {
        this.process = process;
        this.permit = permit;
    }

    /// @param permit what must still be so when the PAUSE arrives
    static void of(PoolerProcess process, Optional<Permit> permit) {
        new Drop(process, permit).make();
    }

    private void make() {
        var before = process.look(QUESTION)
                .state(process.instance().socketDir(), false)
                .config()
                .get("query_timeout");
        var pause = new Pause(process, permit);
        pause.prepare();
        try {
            pause.sendBetween(
                            LIMIT,
                            ConsoleCommand.queryTimeout(AGE_SECONDS),
                            ConsoleCommand.queryTimeout(before == null ? "0" : before))
                    .join();
        } catch (CompletionException _) {
            // What has become of it is asked for below.
        }
        if (pause.refusal().isPresent()) {
            throw process.refusal("pause", pause.refusal().get());
        }
        if (pause.ended() != Ended.PAUSED) {
            pause.takeBack();
            process.ask(QUESTION, ConsoleCommand.queryTimeout(before == null ? "0" : before));
            process.look(QUESTION).routes().forEach(route -> kill(process, route.database()));
        }
    }

    /// Drops the clients and servers of one database, which stays paused until RESUME.
    static void kill(PoolerProcess process, String database) {
        if (process.ask(QUESTION, ConsoleCommand.kill(database)).getFirst() instanceof Answer.Refused refused) {
            throw process.refusal("kill database " + Words.clean(database), refused);
        }
    }

    /// What it sends first, for people.
    static List<ConsoleCommand> commands() {
        return List.of(ConsoleCommand.queryTimeout(AGE_SECONDS), ConsoleCommand.pause(Optional.empty()));
    }
}
