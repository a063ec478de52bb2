package io.heliosctl.pgbouncer;

import io.heliosctl.model.Problem;
import io.heliosctl.pgbouncer.Pause.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why a PgBouncer was not paused, in words.
record PauseProblem(String pooler, Duration deadline) {

    private static final int SHOWN = 5;

    Problem interrupted() {
        return Problem.error("interrupted", "pausing pooler " + pooler + " was interrupted");
    }

    /// The worst that happened to one of them.
    Problem of(List<Pause> pauses) {
        return pauses.stream()
                .flatMap(pause -> refused(pause).stream())
                .findFirst()
                .or(() ->
                        pauses.stream().filter(Pause::isConsoleLost).findFirst().map(this::lost))
                .orElseGet(() -> timedOut(pauses));
    }

    /// That the clients are served again, and by what they were kept waiting.
    ///
    /// @param blockers rows of SHOW SERVERS
    Problem servedAgain(Problem problem, List<Row> blockers) {
        var detail = (problem.detail() + " All that was paused is resumed; clients are served.").strip();
        if (!problem.code().equals("pause-timed-out") || blockers.isEmpty()) {
            return problem.detail(detail);
        }
        return problem.detail(detail + inUse(blockers))
                .hint("Give it more time, or end what it waits for, on the primary: select pg_terminate_backend(%d)."
                        .formatted(blockers.getFirst().number("remote_pid")));
    }

    private Optional<Problem> refused(Pause pause) {
        return pause.refusal()
                .map(refused -> refused.message().contains("already suspended/paused")
                        ? Problem.error("already-paused", "pooler " + pooler + " is already paused")
                                .detail("PgBouncer " + pause.process().name() + " says: " + refused.message() + ".")
                                .hint("If nobody is at work there: "
                                        + pause.process().consoleCommand() + " -c RESUME")
                        : pause.process().refusal("pause", refused).problems().getFirst());
    }

    private Problem lost(Pause pause) {
        return Problem.error("console-lost", "pooler " + pooler + " was not paused: its console broke")
                .detail("PgBouncer " + pause.process().name() + " did not answer PAUSE.")
                .hint("See whether PgBouncer and the connection to its host are well, and try again.");
    }

    private Problem timedOut(List<Pause> pauses) {
        return Problem.error(
                        "pause-timed-out", "pooler " + pooler + " was not paused within " + deadline.toMillis() + " ms")
                .detail(pauses.stream()
                        .filter(pause -> pause.ended() != Ended.PAUSED)
                        .map(pause -> "PgBouncer " + pause.process().name() + " still had transactions running.")
                        .collect(Collectors.joining(" ")))
                .hint("Give it more time, or end what it waits for: select pg_terminate_backend(PID).");
    }

    private static String inUse(List<Row> blockers) {
        return blockers.stream()
                .limit(SHOWN)
                .map(row -> "database " + Words.clean(row.text("database")) + ", user " + Words.clean(row.text("user"))
                        + ", PID " + row.number("remote_pid"))
                .collect(Collectors.joining("; ", " It waited for: ", blockers.size() > SHOWN ? "; and others." : "."));
    }
}
