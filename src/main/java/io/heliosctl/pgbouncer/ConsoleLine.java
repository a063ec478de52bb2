package io.heliosctl.pgbouncer;

import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A way to the console of one process: opened when it is first needed, and again when it was lost.
final class ConsoleLine implements AutoCloseable {

    private final Remote remote;
    private final Pooler pooler;
    private final PgbouncerSettings.Instance instance;
    private final ReentrantLock opening = new ReentrantLock();
    private Optional<Opened> opened = Optional.empty();

    ConsoleLine(Remote remote, Pooler pooler, PgbouncerSettings.Instance instance) {
        this.remote = remote;
        this.pooler = pooler;
        this.instance = instance;
    }

    /// A console that answers, and the version it told.
    record Opened(Console console, PgbouncerVersion version) {}

    /// @throws ProblemException `console-refused` if PgBouncer is not there or does not let the user in
    Opened open(Duration deadline) {
        opening.lock();
        try {
            if (opened.filter(one -> one.console().isUsable()).isEmpty()) {
                opened = Optional.of(connect(deadline));
            }
            return opened.orElseThrow();
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            opened.ifPresent(one -> one.console().close());
        } finally {
            opening.unlock();
        }
    }

    private Opened connect(Duration deadline) {
        var console = new Console(remote, pooler, instance.socketDir(), deadline);
        try {
            var answer = console.ask(deadline, ConsoleCommand.SHOW_VERSION).getFirst();
            var rows = answer instanceof Answer.Table table ? table.rows() : List.<Row>of();
            var shown = rows.stream().findFirst().map(row -> row.text("version"));
            return new Opened(console, PgbouncerVersion.of(shown.orElse("")));
        } catch (UnknownOutcomeException e) {
            console.close();
            throw notLetIn(e);
        } catch (ProblemException e) {
            console.close();
            throw e;
        }
    }

    /// Nothing but a question was asked, so nothing is in doubt.
    private ProblemException notLetIn(UnknownOutcomeException e) {
        var seen = e.problems().getFirst();
        var what = "cannot reach the console of PgBouncer " + pooler.name() + " as user "
                + pooler.pgbouncer().admin();
        return new ProblemException(
                Problem.error("console-refused", what).detail(seen.detail()).hint(seen.hint()), e);
    }
}
