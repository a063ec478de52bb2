package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.TimelineHistory;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran.Exited;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Where the WAL of one server comes from, and which transactions are in it. Reads only.
public final class Ancestry {

    /// What timeout(1) ends with.
    private static final int TIMED_OUT = 124;

    /// A row such as `Transaction/COMMIT   12 (100.00) …` or `Transaction/COMMIT_PREPARED …`.
    private static final Pattern COMMITS =
            Pattern.compile("(?m)^Transaction/COMMIT(?:_PREPARED)?(?:\\+INIT)?\\s+([0-9]{1,18})\\s");

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+[0-9]");

    /// What follows the last record is not one: pg_waldump says where that is, and ends with an error.
    private static final Pattern END = Pattern.compile(
            "(?:invalid record length|record with incorrect prev-link [0-9A-F/]+) at ([0-9A-F]+/[0-9A-F]+)");

    private static final Pattern LAST = Pattern.compile("error in WAL record at ([0-9A-F]+/[0-9A-F]+)");
    private static final Pattern NOTHING = Pattern.compile("could not find a valid record after");

    private final Node node;
    private final Connector connector;
    private final Host host;
    private final Programs programs;

    Ancestry(Node node, Connector connector, Host host, Programs programs) {
        this.node = node;
        this.connector = connector;
        this.host = host;
        this.programs = programs;
    }

    /// What was committed from a position on.
    ///
    /// @param transactions how many
    /// @param end where the WAL ends, or a position that it reaches at least
    /// @param exact false if it may end later
    public record Committed(long transactions, Lsn end, boolean exact) {}

    /// The history of a timeline as a running server has it, through its walsender: nobody but the server's
    /// owner may read the file.
    public TimelineHistory history(Timeline timeline, Duration limit) {
        // The first timeline of a cluster has no file.
        if (timeline.id() == 1) {
            return TimelineHistory.first(timeline);
        }
        try (var connection = connector.openWalSender(limit);
                var statement = connection.createStatement();
                var result = statement.executeQuery("TIMELINE_HISTORY " + timeline.id())) {
            result.next();
            return TimelineHistory.parse(timeline, result.getString(2));
        } catch (SQLException e) {
            throw new ProblemException(SqlProblems.of(node, e), e);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.error("timeline-history", "its history file is not understood")
                    .detail(e.getMessage()));
        }
    }

    /// Counts the transactions committed from a position on, with pg_waldump on the host. The server may run or
    /// not.
    public Committed committedSince(Timeline timeline, Lsn from) {
        var command = programs.countTransactions(timeline, from);
        var exited = host.look(command, Duration.ofSeconds(Programs.COUNT_SECONDS + 3L));
        if (exited.status() == TIMED_OUT) {
            throw new ProblemException(
                    Problem.error("wal-uncounted", "counting took longer than %d s".formatted(Programs.COUNT_SECONDS)));
        }
        if (NOTHING.matcher(exited.errorText()).find()) {
            return new Committed(0, from, true);
        }
        if (!TOTAL.matcher(exited.text()).find()) {
            throw refused(command, exited);
        }
        var count = COMMITS.matcher(exited.text())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        var end = found(END, exited);
        return new Committed(count, end.or(() -> found(LAST, exited)).orElse(from), end.isPresent());
    }

    private ProblemException refused(Privilege command, Exited exited) {
        var said = exited.errorText().strip();
        return said.startsWith("pg_waldump:")
                ? new ProblemException(Problem.error(
                                "wal-uncounted",
                                "its WAL from %s on could not be read"
                                        .formatted(command.words().getLast()))
                        .detail(said))
                : host.refused(command.words(), exited);
    }

    private static Optional<Lsn> found(Pattern pattern, Exited exited) {
        return pattern.matcher(exited.errorText())
                .results()
                .map((MatchResult found) -> Lsn.parse(found.group(1)))
                .findFirst();
    }
}
