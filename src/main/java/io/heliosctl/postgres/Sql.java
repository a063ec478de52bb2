package io.heliosctl.postgres;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.UnknownOutcomeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The SQL connection to one server: opened at the first use, kept open, opened again when it broke.
final class Sql implements AutoCloseable {

    private final Node node;
    private final Connector connector;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Connection> kept = Optional.empty();

    Sql(Node node, Connector connector) {
        this.node = node;
        this.connector = connector;
    }

    /// What is asked over a connection.
    @FunctionalInterface
    interface Question<T> {
        T answer(Connection connection) throws SQLException;
    }

    /// Asks something that changes nothing. Asked again over a new connection if the kept one turns out to be
    /// broken.
    ///
    /// @throws ProblemException if the server cannot be asked or refuses
    <T> T read(Duration limit, Question<T> question) {
        return locked(limit, deadline -> {
            var wasKept = kept.isPresent();
            try {
                return ask(deadline, question);
            } catch (SQLException e) {
                if (wasKept && kept.isEmpty() && !deadline.hasPassed()) {
                    return ask(deadline, question);
                }
                throw e;
            }
        });
    }

    /// Sends something that changes the server; never sent twice.
    ///
    /// @throws UnknownOutcomeException if the connection broke or the deadline passed after it was sent
    <T> T command(Duration limit, Question<T> question) {
        return locked(limit, deadline -> {
            var connection = connection(deadline);
            try {
                return ask(connection, deadline, question);
            } catch (SQLException e) {
                if (SqlProblems.isBroken(e)) {
                    throw new UnknownOutcomeException(Problem.error(
                                    "no-answer", "the command was sent to %s and not answered".formatted(node.name()))
                            .detail(SqlProblems.of(node, e).message()));
                }
                throw e;
            }
        });
    }

    /// The version the server told when the connection was opened.
    static ServerVersion version(Connection connection) throws SQLException {
        var data = connection.getMetaData();
        var major = data.getDatabaseMajorVersion();
        var minor = data.getDatabaseMinorVersion();
        return new ServerVersion(major * 10_000 + (major < 10 ? minor * 100 : minor));
    }

    /// The next use opens a new connection.
    void disconnect() {
        kept.ifPresent(Sql::closeQuietly);
        kept = Optional.empty();
    }

    @Override
    public void close() {
        disconnect();
        connector.close();
    }

    private interface Work<T> {
        T run(Deadline deadline) throws SQLException;
    }

    private <T> T locked(Duration limit, Work<T> work) {
        var deadline = Deadline.in(limit);
        try {
            if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ProblemException(Problem.error(
                        "connection-busy", "another question to %s is not answered yet".formatted(node.name())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.error("interrupted", "interrupted while asking " + node.name()));
        }
        try {
            return work.run(deadline);
        } catch (SQLException e) {
            throw new ProblemException(SqlProblems.of(node, e), e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T ask(Deadline deadline, Question<T> question) throws SQLException {
        return ask(connection(deadline), deadline, question);
    }

    private <T> T ask(Connection connection, Deadline deadline, Question<T> question) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, (int)
                    Math.min(Integer.MAX_VALUE, deadline.left().toMillis()));
            return question.answer(connection);
        } catch (SQLException e) {
            if (SqlProblems.isBroken(e) || connection.isClosed()) {
                disconnect();
            }
            throw e;
        }
    }

    private Connection connection(Deadline deadline) throws SQLException {
        if (kept.isEmpty()) {
            kept = Optional.of(connector.open(deadline.left()));
        }
        return kept.orElseThrow();
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is given up anyway.
        }
    }
}
