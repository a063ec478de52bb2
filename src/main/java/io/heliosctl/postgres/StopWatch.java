package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Proves that a server has stopped for good: `pg_controldata` says "shut down", and it refuses connections.
/// From there on it cannot write, even while its postmaster lives on for a slow archiver or a frozen standby.
final class StopWatch {

    /// Looks every 10 ms until the state is final, with a deadline of its own, so that nothing is left behind
    /// on the host when the connection breaks. Prints what pg_controldata said last.
    private static final String WATCH = """
            limit=$1
            shift
            LC_ALL=C
            export LC_ALL
            newline='
            '
            end=$(($(date +%s) + limit))
            while :; do
                seen=$("$@" </dev/null) || exit
                case $seen in
                    *" shut down$newline"* | *" shut down in recovery$newline"*) break ;;
                esac
                [ "$(date +%s)" -lt "$end" ] || break
                sleep 0.01
            done
            printf '%s\\n' "$seen"
            """;

    private static final String AWAIT_STATUS = """
            limit=$1
            wanted=$2
            shift 2
            end=$(($(date +%s) + limit))
            while :; do
                "$@" </dev/null
                status=$?
                [ "$status" -ne "$wanted" ] || exit 0
                [ "$(date +%s)" -lt "$end" ] || exit "$status"
                sleep 0.05
            done
            """;

    /// What `pg_ctl status` answers when no server runs (PostgreSQL manual, "pg_ctl").
    static final int NOT_RUNNING = 3;

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Node node;
    private final Host host;
    private final Programs programs;
    private final Connector connector;

    StopWatch(Node node, Host host, Programs programs, Connector connector) {
        this.node = node;
        this.host = host;
        this.programs = programs;
        this.connector = connector;
    }

    ControlData controlData() {
        return ControlDataText.parse(controlText());
    }

    /// The later one of the last checkpoint and of where recovery has to reach.
    Lsn endOfWal() {
        return ControlDataText.endOfWal(controlText());
    }

    private String controlText() {
        var command = programs.controlData();
        var exited = host.look(command, LOOK);
        if (!exited.ok()) {
            throw host.refused(command.words(), exited);
        }
        return exited.text();
    }

    boolean isRunning() {
        var command = programs.status();
        var exited = host.look(command, LOOK);
        return switch (exited.status()) {
            case 0 -> true;
            case NOT_RUNNING -> false;
            default -> throw host.refused(command.words(), exited);
        };
    }

    StopProof await(Duration limit) {
        var deadline = Deadline.in(limit);
        var seconds = Long.toString(limit.toSeconds() + 1);
        var command = programs.controlData();
        var exited = host.watch(WATCH, command, limit.plusSeconds(2), seconds);
        if (!exited.ok()) {
            throw host.refused(command.words(), exited);
        }
        var control = ControlDataText.parse(exited.text());
        if (!control.isCleanlyShutDown()) {
            throw notStopped("pg_control says \"%s\" after %s.".formatted(control.state(), Amounts.time(limit)));
        }
        var objection = objection();
        if (objection.isEmpty()) {
            return proof(control, objection);
        }
        while (objection.isPresent() && !deadline.hasPassed()) {
            Deadline.pause(PAUSE);
            objection = objection();
        }
        // It may have been started and stopped again meanwhile: what pg_control said before is no proof any more.
        return proof();
    }

    /// Whether it is stopped right now.
    StopProof proof() {
        var control = controlData();
        return proof(control, control.isCleanlyShutDown() ? objection() : Optional.empty());
    }

    void awaitExit(Duration limit) {
        var command = programs.status();
        var seconds = Long.toString(Math.max(1, limit.toSeconds()));
        var exited = host.watch(AWAIT_STATUS, command, limit.plusSeconds(2), seconds, Integer.toString(NOT_RUNNING));
        if (!exited.ok()) {
            throw new ProblemException(Problem.error(
                            "still-running", "%s has not ended within %s".formatted(node.name(), Amounts.time(limit)))
                    .detail((exited.text() + exited.errorText()).strip())
                    .hint("See the server log on %s for what its last processes wait for.".formatted(node.name())));
        }
    }

    private StopProof proof(ControlData control, Optional<String> objection) {
        if (!control.isCleanlyShutDown()) {
            throw notStopped("pg_control says \"%s\".".formatted(control.state()));
        }
        if (objection.isPresent()) {
            throw notStopped("pg_control says \"shut down\", but " + objection.get() + ".");
        }
        return new StopProof(node.name(), control.systemId(), control.timeline(), control.checkpoint());
    }

    /// Why the server cannot be said to refuse connections for good; empty if it does. Starting up is refused
    /// in the same way as shutting down, except for the text; and a socket that nobody listens on proves
    /// nothing unless there is no postmaster either.
    private Optional<String> objection() {
        try (var _ = connector.open(Duration.ofSeconds(2))) {
            return Optional.of("it accepts connections");
        } catch (SQLException e) {
            if (SqlProblems.isShuttingDown(e) || !isRunning()) {
                return Optional.empty();
            }
            return Optional.of("its postmaster runs and answers: "
                    + SqlProblems.of(node, e).message());
        }
    }

    private ProblemException notStopped(String detail) {
        return new ProblemException(Problem.error(
                        "not-stopped", "%s is not proved to be stopped".formatted(node.name()))
                .detail(detail)
                .hint("See its server log for what it waits for, and \"heliosctl status\" for what it is now."));
    }
}
