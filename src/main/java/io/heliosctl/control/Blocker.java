package io.heliosctl.control;

import io.heliosctl.model.Amounts;
import io.heliosctl.pgbouncer.ServerInUse;
import io.heliosctl.postgres.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/// A client that keeps a pooler from pausing, and the session it has on the primary.
///
/// @param session empty if the primary could not be asked, or has no such session
record Blocker(ServerInUse held, Optional<Session> session) {

    /// A PgBouncer's connection to a node other than the one asked has a process ID of its own there: the port
    /// it comes from tells them apart.
    static Blocker of(ServerInUse held, List<Session> sessions) {
        return new Blocker(
                held,
                sessions.stream()
                        .filter(session -> session.pid() == held.pid() && isFrom(held, session.clientPort()))
                        .findFirst());
    }

    private static boolean isFrom(ServerInUse held, OptionalInt clientPort) {
        return clientPort.isEmpty() || clientPort.getAsInt() == held.localPort().orElse(-1);
    }

    /// True if it still holds its connection, for the same transaction if it had one.
    ///
    /// @param now empty if the primary could not be asked
    boolean isStill(List<ServerInUse> inUse, Optional<List<Session>> now) {
        if (inUse.stream().noneMatch(held::isHeldAs)) {
            return false;
        }
        var transaction = session.filter(seen -> seen.transactionStarted().isPresent());
        return transaction.isEmpty() || now.isEmpty() || now.get().stream().anyMatch(transaction.get()::isStill);
    }

    /// `pid 4711 on pgdb1, user app, database app, psql from 10.0.0.5 through pgb1, idle in transaction, …`
    String text() {
        var text = new StringJoiner(", ")
                .add("pid " + held.pid()
                        + session.map(seen -> " on " + seen.node()).orElse(""))
                .add("user " + held.user())
                .add("database " + held.database())
                .add(client());
        session.ifPresent(seen -> {
            if (!seen.state().isEmpty()) {
                text.add(seen.state());
            }
            seen.transactionAge().ifPresent(age -> text.add("its transaction open for " + amount(age)));
            seen.queryAge().ifPresent(age -> text.add("its last query sent " + amount(age) + " ago"));
        });
        return text.toString();
    }

    /// Why its session may not be ended.
    String whyNot() {
        return session.map(seen -> seen.superuser()
                        ? "a superuser's"
                        : seen.type().equals("client backend") ? "the role may not see when it began" : seen.type())
                .orElse("not found on the primary");
    }

    private String client() {
        var application = session.map(Session::application).map(Blocker::clean).filter(name -> !name.isEmpty());
        var from = held.client().isEmpty() ? "" : " from " + held.client();
        return application.orElse("a client") + from + " through " + held.process();
    }

    private static String amount(Duration duration) {
        return Amounts.millis(Math.max(0, duration.toMillis()));
    }

    /// A client chooses this name.
    private static String clean(String name) {
        return name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
