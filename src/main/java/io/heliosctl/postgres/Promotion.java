package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.UnknownOutcomeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Makes a standby the primary. There is no way back from the first request on.
final class Promotion {

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /// A startup process that finds the request just as its walreceiver ends sleeps for the rest of
    /// `wal_retrieve_retry_interval`, 5 s unless configured; a second request wakes it. A `promote`
    /// file that is left over is removed at the next start.
    private static final Duration WAKE = Duration.ofMillis(25);

    static final String PROMOTE = "select pg_promote(false)";

    private static final String STATE = """
            select (select system_identifier from pg_control_system())::text as system_id,
              current_setting('data_directory') as data_directory, current_setting('port')::int as port,
              pg_is_in_recovery() as standby""";

    private static final String TIMELINE = """
            select case when not pg_is_in_recovery()
              then ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end""";

    private final Node node;
    private final Sql sql;
    private final IdentityCheck identity;

    Promotion(Node node, Sql sql, IdentityCheck identity) {
        this.node = node;
        this.sql = sql;
        this.identity = identity;
    }

    /// Sends the request until the server is a primary, and returns its new timeline.
    Timeline promote(Fenced fenced, Coverage received, Duration limit) {
        if (!isAbout(fenced, received)) {
            throw new IllegalArgumentException("these proofs are not about " + node.name() + " and " + fenced.node());
        }
        if (!isStandbyOf(received)) {
            return promotedAlready(received);
        }
        var deadline = Deadline.in(limit);
        Optional<Problem> trouble = Optional.empty();
        var asked = System.nanoTime();
        trouble = request(trouble);
        while (true) {
            try {
                var timeline = timeline();
                if (timeline.isPresent()) {
                    return newer(received, timeline.get());
                }
            } catch (ProblemException e) {
                if (e.problems().getFirst().code().equals("promoted-wrongly")) {
                    throw e;
                }
                trouble = Optional.of(e.problems().getFirst());
            }
            if (deadline.endsWaiting()) {
                throw unsettled(limit, trouble);
            }
            Deadline.pause(PAUSE);
            if (System.nanoTime() - asked > WAKE.toNanos()) {
                asked = System.nanoTime();
                trouble = request(trouble);
            }
        }
    }

    private boolean isAbout(Fenced fenced, Coverage received) {
        return received.standby().equals(node.name())
                && (received instanceof LsnProof proof
                        ? proof.of().equals(fenced)
                        : received.lost().equals(fenced.node()));
    }

    private boolean isStandbyOf(Coverage received) {
        return sql.read(ANSWER, connection -> {
            try (var statement = connection.prepareStatement(STATE);
                    var result = statement.executeQuery()) {
                result.next();
                identity.require(
                        received.systemId().value(),
                        result.getString("system_id"),
                        result.getString("data_directory"),
                        result.getInt("port"));
                return result.getBoolean("standby");
            }
        });
    }

    /// Somebody else's promotion, or our own before a crash.
    private Timeline promotedAlready(Coverage received) {
        return newer(received, timeline().orElseThrow());
    }

    private Timeline newer(Coverage received, Timeline timeline) {
        if (timeline.compareTo(received.timeline()) <= 0) {
            throw new ProblemException(
                    Problem.error("promoted-wrongly", "%s is a primary, but not a new one".formatted(node.name()))
                            .detail("It writes timeline %s; %s stopped on timeline %s."
                                    .formatted(timeline, received.lost(), received.timeline())));
        }
        return timeline;
    }

    /// What came of a request that was not answered is seen by looking; a refusal ends the promotion at the
    /// first request only, as later ones may come when the server is a primary already.
    private Optional<Problem> request(Optional<Problem> before) {
        try {
            sql.command(ANSWER, Promotion::send);
            return before;
        } catch (UnknownOutcomeException e) {
            return Optional.of(e.problems().getFirst());
        } catch (ProblemException e) {
            if (before.isEmpty() && e.problems().getFirst().code().equals("permission-denied")) {
                throw e;
            }
            return Optional.of(e.problems().getFirst());
        }
    }

    private static boolean send(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(PROMOTE)) {
            return statement.execute();
        } catch (SQLException e) {
            if (SqlProblems.isNotInRecovery(e)) {
                return true;
            }
            throw e;
        }
    }

    private Optional<Timeline> timeline() {
        return sql.read(ANSWER, connection -> {
            try (var statement = connection.prepareStatement(TIMELINE);
                    var result = statement.executeQuery()) {
                result.next();
                var id = result.getInt(1);
                return result.wasNull() ? Optional.<Timeline>empty() : Optional.of(new Timeline(id));
            }
        });
    }

    private UnknownOutcomeException unsettled(Duration limit, Optional<Problem> trouble) {
        return new UnknownOutcomeException(Problem.error(
                        "promotion-unsettled",
                        "%s was told to become primary and is not one yet".formatted(node.name()))
                .detail(trouble.map(
                                problem -> "Last seen after %s: %s.".formatted(Amounts.time(limit), problem.message()))
                        .orElse("After %s it is still in recovery.".formatted(limit)))
                .hint("Treat it as the primary: start no other one. See its log for what it replays or waits for."));
    }
}
