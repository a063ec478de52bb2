package io.heliosctl.pgbouncer;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The next configuration of one process put in force, and proved to be; or taken back, and that proved.
final class Install {

    private static final Duration QUESTION = Duration.ofSeconds(5);

    /// Clients wait meanwhile: where the reload itself failed nothing is to be expected any more, or at once.
    private static final Duration REFUSED = Duration.ofSeconds(1);

    /// PgBouncer reads its file within milliseconds of the signal; when nothing has changed for so long it
    /// will not.
    private static final Duration UNCHANGED = Duration.ofSeconds(2);

    private final PoolerProcess process;
    private final ConfigFiles files;
    private final Reload reload;
    private final StagedConfig config;

    Install(Remote remote, String osUser, PoolerProcess process, ConfigFiles files, StagedConfig config) {
        this.process = process;
        this.files = files;
        this.reload = new Reload(remote, osUser, config.instance());
        this.config = config;
    }

    /// What is wrong with the file as far as can be known before it is tried.
    static void check(PoolerProcess process, Bytes content, Optional<Bytes> before) {
        var expected = Expectation.of(content, before, process.look(QUESTION).config());
        var unknown = expected.unknownSettings();
        if (!unknown.isEmpty()) {
            throw new ProblemException(Problem.error(
                            "config-refused", "PgBouncer " + process.name() + " does not know " + unknown.getFirst())
                    .detail("The file for " + process.instance().config() + " sets " + String.join(", ", unknown)
                            + "; PgBouncer would stop reading there, with half of it in force.")
                    .hint("Correct the template, or pgbouncer.settings in the inventory."));
        }
    }

    /// Puts the file in its place and lets PgBouncer read it.
    ///
    /// @return what is not in force at the deadline, or does not change any more; nothing if all is well
    Optional<Problem> apply(Duration deadline) {
        try {
            var expected = Expectation.of(
                    config.content(), config.before(), process.look(QUESTION).config());
            files.commit(config.staged());
            return reloaded(expected, deadline);
        } catch (ProblemException e) {
            return Optional.of(e.problems().getFirst());
        }
    }

    /// Puts the old file back, lets PgBouncer read it, and sees that it did.
    Optional<Problem> takeBack(Duration deadline) {
        try {
            files.restore(config);
            var expected = Expectation.of(
                    config.before().orElse(Bytes.EMPTY),
                    Optional.of(config.content()),
                    process.look(QUESTION).config());
            return reloaded(expected, deadline)
                    .map(problem -> Problem.error(
                                    "config-not-restored",
                                    "the old configuration of PgBouncer " + process.name()
                                            + " is back and not in force")
                            .detail(problem.detail())
                            .hint("See PgBouncer's log, and reload it."));
        } catch (ProblemException e) {
            return Optional.of(e.problems().getFirst());
        }
    }

    private Optional<Problem> reloaded(Expectation expected, Duration deadline) {
        var failure = reload.send();
        var missing = new ArrayList<String>();
        var patience = failure.isPresent() && REFUSED.compareTo(deadline) < 0 ? REFUSED : deadline;
        var still = new Stillness(UNCHANGED);
        Asking.reached(patience, () -> isInForce(expected, missing) || still.hasLasted(List.copyOf(missing)));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Problem.error(
                        "reload-not-applied", "PgBouncer " + process.name() + " did not take its new configuration")
                .detail((failure.map(text -> text + " ").orElse("") + String.join(" ", missing)).strip())
                .hint(
                        failure.isPresent()
                                ? "See why it could not be reloaded, in the journal of its unit."
                                : "See PgBouncer's log for the line that it refused."));
    }

    private boolean isInForce(Expectation expected, List<String> missing) {
        missing.clear();
        missing.addAll(missing(process, expected));
        return missing.isEmpty();
    }

    /// What of a file that is in its place is not in force.
    static List<String> missing(PoolerProcess process, Bytes content) {
        return missing(
                process,
                Expectation.of(
                        content, Optional.of(content), process.look(QUESTION).config()));
    }

    private static List<String> missing(PoolerProcess process, Expectation expected) {
        if (expected.hasFallback()) {
            process.ask(QUESTION, ConsoleCommand.reconnect(Observation.FALLBACK_CHECK));
        }
        return expected.missing(process.look(QUESTION));
    }
}
