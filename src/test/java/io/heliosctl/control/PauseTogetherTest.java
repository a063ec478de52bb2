package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.PauseAttempts.Ending;
import io.heliosctl.pgbouncer.ServerInUse;
import io.heliosctl.postgres.Session;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What is said and done about those who keep poolers from pausing, on pretended ones.
class PauseTogetherTest {

    private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-01T12:00:00.123456Z");
    private static final PauseLimits PATIENT = new PauseLimits(Duration.ofMillis(5), Duration.ofMinutes(10), false);
    private static final PauseLimits BRIEF = new PauseLimits(Duration.ofMillis(5), Duration.ofMillis(5), false);
    private static final PauseLimits ENDING = new PauseLimits(Duration.ofMillis(5), Duration.ofMillis(5), true);

    private final PretendedGate gate = new PretendedGate();
    private final List<String> news = new ArrayList<>();

    @Test
    void whereNobodyIsInTheWayNothingIsSaid() {
        assertEquals("", run(PATIENT));
        assertEquals(List.of(), news);
    }

    @Test
    void anEndedTransactionIsWaitedForAndTheNextAttemptIsToldOf() {
        gate.open(4711, Optional.of(START), "client backend", false);
        gate.leaveAfterLooks = 3;

        assertEquals("at attempt 2", run(PATIENT));
        assertEquals(
                List.of(
                        "attempt 1: not paused within 5 ms, clients are served again; in the way: pid 4711 on pgdb1, user "
                                + "app, database app, psql from 10.0.0.5 through pgb1, idle in transaction, its transaction open for 12.0 s, "
                                + "its last query sent 11.0 s ago"),
                news);
    }

    @Test
    void anotherTransactionOfTheSameSessionIsNotWaitedFor() {
        gate.open(4711, Optional.of(START), "client backend", false);
        gate.nextTransactionAfterLooks = 2;

        assertEquals("at attempt 2", run(PATIENT));
    }

    @Test
    void whoIsLeftIsNamedAndNoQueryIsShown() {
        gate.open(4711, Optional.of(START), "client backend", false);
        gate.open(4712, Optional.empty(), "client backend", false);

        assertEquals(
                Problem.error("pause-timed-out", "pgb1, pgb2 could not be paused within 5 ms")
                        .detail("It was tried once, for 5 ms. All that was paused is resumed; "
                                + "clients are served. It waited for: pid 4711 on pgdb1, user app, database app, psql from 10.0.0.5 "
                                + "through pgb1, idle in transaction, its transaction open for 12.0 s, its last query sent "
                                + "11.0 s ago; pid 4712 on pgdb1, user app, database app, psql from 10.0.0.5 through pgb1, idle in "
                                + "transaction, its last query sent 11.0 s ago.")
                        .hint("Allow more time with --drain, or let these sessions be ended: --terminate-blockers."),
                problem(BRIEF));
        assertEquals(List.of(), gate.ended);
    }

    @Test
    void aPrimaryThatCannotBeAskedLeavesWhatPgbouncerSays() {
        gate.open(4711, Optional.of(START), "client backend", false);
        gate.primaryAnswers = false;

        assertTrue(problem(BRIEF)
                .detail()
                .endsWith("It waited for: pid 4711, user app, database app, a client from 10.0.0.5 through pgb1."));
    }

    @Test
    void theNamedOnesAreEndedWhereThatIsAskedForAndToldOfBefore() {
        gate.open(4711, Optional.of(START), "client backend", false);

        assertEquals("at attempt 2, after ending pid 4711 of app", run(ENDING));
        assertEquals(List.of(4711L), gate.ended);
        assertTrue(news.getLast().startsWith("ending pid 4711 on pgdb1, user app, "), news::toString);
    }

    @Test
    void noneIsEndedWhereOneMayNotBe() {
        gate.open(4711, Optional.of(START), "client backend", false);
        gate.open(4712, Optional.of(START), "client backend", true);
        gate.open(4713, Optional.of(START), "walsender", false);

        var problem = problem(ENDING);
        assertEquals("blocker-stays", problem.code());
        assertTrue(problem.detail().contains("ago (a superuser's); pid 4713 on pgdb1, "), problem::detail);
        assertTrue(problem.detail().contains("ago (walsender)."), problem::detail);
        assertEquals(List.of(), gate.ended);
    }

    @Test
    void nobodyIsEndedThatCouldNotBeWrittenDown() {
        gate.open(4711, Optional.of(START), "client backend", false);
        var full = new ProblemException(Problem.error("journal-unwritable", "the disk is full"));

        assertThrows(
                ProblemException.class,
                () -> new PauseTogether("pgb1", ENDING, gate, _ -> {
                            throw full;
                        })
                        .run());
        assertEquals(List.of(), gate.ended);
    }

    @Test
    void aConnectionToAnotherServerIsNotTakenForASessionOfThePrimary() {
        gate.open(4711, Optional.of(START), "client backend", false);
        gate.sessions.replaceAll((_, session) -> PretendedGate.from(session, 50_002));

        var problem = problem(ENDING);
        assertTrue(problem.detail().contains("through pgb1 (not found on the primary)."), problem::detail);
        assertEquals(List.of(), gate.ended);
    }

    private String run(PauseLimits limits) {
        return new PauseTogether("pgb1, pgb2", limits, gate, news::add).run();
    }

    private Problem problem(PauseLimits limits) {
        return assertThrows(ProblemException.class, () -> run(limits))
                .problems()
                .getFirst();
    }

    /// Poolers that are paused as soon as nobody holds a connection.
    private static final class PretendedGate implements PauseTogether.Gate {

        private final Map<Long, ServerInUse> held = new LinkedHashMap<>();
        private final Map<Long, Session> sessions = new LinkedHashMap<>();
        private final List<Long> ended = new ArrayList<>();
        private boolean primaryAnswers = true;
        private int leaveAfterLooks = Integer.MAX_VALUE;
        private int nextTransactionAfterLooks = Integer.MAX_VALUE;
        private int looks;

        void open(long pid, Optional<OffsetDateTime> transaction, String type, boolean superuser) {
            held.put(
                    pid,
                    new ServerInUse(
                            new PoolerName("pgb1"),
                            "pgb1",
                            "app",
                            "app",
                            pid,
                            OptionalInt.of(50_001),
                            "link" + pid,
                            "10.0.0.5"));
            sessions.put(
                    pid,
                    new Session(
                            new NodeName("pgdb1"),
                            pid,
                            "app",
                            "app",
                            "psql",
                            OptionalInt.of(50_001),
                            type,
                            superuser,
                            "idle in transaction",
                            Optional.of(START),
                            transaction,
                            transaction.map(_ -> Duration.ofSeconds(12)),
                            Optional.of(Duration.ofSeconds(11))));
        }

        static Session from(Session session, int port) {
            return new Session(
                    session.node(),
                    session.pid(),
                    session.user(),
                    session.database(),
                    session.application(),
                    OptionalInt.of(port),
                    session.type(),
                    session.superuser(),
                    session.state(),
                    session.started(),
                    session.transactionStarted(),
                    session.transactionAge(),
                    session.queryAge());
        }

        @Override
        public void prepare() {}

        @Override
        public Ending attempt(Duration limit) {
            var isFree = held.isEmpty() || looks > nextTransactionAfterLooks;
            return isFree ? new Ending.Paused() : new Ending.TimedOut(List.copyOf(held.values()));
        }

        @Override
        public List<ServerInUse> inUse() {
            looks++;
            if (looks > leaveAfterLooks) {
                held.clear();
            }
            if (looks > nextTransactionAfterLooks) {
                sessions.replaceAll((_, session) -> new Session(
                        session.node(),
                        session.pid(),
                        session.user(),
                        session.database(),
                        session.application(),
                        session.clientPort(),
                        session.type(),
                        session.superuser(),
                        session.state(),
                        session.started(),
                        Optional.of(START.plusSeconds(1)),
                        session.transactionAge(),
                        session.queryAge()));
            }
            return List.copyOf(held.values());
        }

        @Override
        public boolean nobodyWaits() {
            return true;
        }

        @Override
        public Optional<List<Session>> sessions(Collection<Long> pids) {
            return primaryAnswers
                    ? Optional.of(pids.stream()
                            .filter(sessions::containsKey)
                            .map(sessions::get)
                            .toList())
                    : Optional.empty();
        }

        @Override
        public boolean end(Session session) {
            ended.add(session.pid());
            held.remove(session.pid());
            return true;
        }
    }
}
