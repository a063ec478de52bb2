package io.heliosctl.pgbouncer;

import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Optional;

/// Why a PgBouncer could not be paused, in words.
final class PauseProblem {

    private PauseProblem() {}

    static Problem interrupted() {
        return Problem.error("interrupted", "pausing was interrupted");
    }

    /// The worst that happened to one of them; empty if they only had no time left.
    static Optional<Problem> of(List<Pause> pauses) {
        return pauses.stream()
                .flatMap(pause -> refused(pause).stream())
                .findFirst()
                .or(() ->
                        pauses.stream().filter(Pause::isConsoleLost).findFirst().map(PauseProblem::lost));
    }

    /// The same, saying that nobody was left waiting.
    static Problem served(Problem problem) {
        return problem.detail((problem.detail() + " All that was paused is resumed; clients are served.").strip());
    }

    private static Optional<Problem> refused(Pause pause) {
        return pause.refusal()
                .map(refused -> refused.sqlState().equals(PsqlFrame.TOO_LATE) ? late(pause) : refused(pause, refused));
    }

    private static Problem late(Pause pause) {
        return Problem.error(
                        "too-late",
                        "PAUSE came too late to pooler " + pause.process().pooler())
                .detail("The dead-man's switch there is not armed any more, or a later run has begun.")
                .hint("Run \"heliosctl status\".");
    }

    private static Problem refused(Pause pause, Answer.Refused refused) {
        return refused.message().contains("already suspended/paused")
                ? Problem.error("already-paused", "pooler " + pause.process().pooler() + " is already paused")
                        .detail("PgBouncer " + pause.process().name() + " says: " + refused.message() + ".")
                        .hint("If nobody is at work there: " + pause.process().consoleCommand() + " -c RESUME")
                : pause.process().refusal("pause", refused).problems().getFirst();
    }

    private static Problem lost(Pause pause) {
        return Problem.error(
                        "console-lost", "pooler " + pause.process().pooler() + " was not paused: its console broke")
                .detail("PgBouncer " + pause.process().name() + " did not answer PAUSE.")
                .hint("See whether PgBouncer and the connection to its host are well, and try again.");
    }
}
