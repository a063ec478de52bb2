package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.NodeState.Unreachable;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("loopback")
class ObserveTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static Lab lab;
    private static Node pgdb1;
    private static Node pgdb2;

    @BeforeAll
    static void start() throws IOException {
        lab = new Lab();
        pgdb1 = lab.primary("pgdb1");
        pgdb2 = lab.standby("pgdb2", pgdb1);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void aPrimaryTellsWhoItIsAndWhoStreamsFromIt() {
        var server = lab.server(pgdb1);
        server.createSlot("pgdb3");
        var primary = assertInstanceOf(
                Primary.class,
                Eventually.matches(
                        () -> server.observe(LIMIT),
                        state -> state instanceof Primary p
                                && p.senders().stream()
                                        .anyMatch(sender -> sender.state().equals("streaming"))));
        assertEquals(lab.data(pgdb1), primary.identity().dataDirectory());
        assertEquals(pgdb1.postgres().port(), primary.identity().port());
        assertEquals(new Timeline(1), primary.identity().timeline());
        assertEquals("15", primary.identity().version().major());
        assertEquals(server.controlData().systemId(), primary.identity().systemId());
        assertEquals("pgdb2", primary.senders().getFirst().applicationName());
        assertEquals(Optional.of("127.0.0.1"), primary.senders().getFirst().address());
        assertEquals("async", primary.senders().getFirst().syncState());
        assertEquals(
                List.of("pgdb3"),
                primary.slots().stream().map(NodeState.Slot::name).toList());
        assertEquals("10", primary.facts().setting("max_wal_senders"));
        assertEquals("on", primary.facts().setting("wal_log_hints"));
        assertEquals("", primary.facts().setting("synchronous_standby_names"));
        assertEquals(Optional.empty(), primary.facts().replayLag());
        assertTrue(server.dropSlot("pgdb3"));
    }

    @Test
    void aStandbyTellsFromWhomItStreamsAndKeepsThePasswordToItself() {
        lab.psql(
                pgdb2,
                "alter system set primary_conninfo = 'host=127.0.0.1 port=%d user=replicator password=hush'"
                        .formatted(pgdb1.postgres().port()));
        lab.psql(pgdb2, "select pg_reload_conf()");
        var server = lab.server(pgdb2);
        var standby = assertInstanceOf(
                Standby.class,
                Eventually.matches(
                        () -> server.observe(LIMIT),
                        state -> state instanceof Standby s
                                && s.isStreaming()
                                && !s.facts().setting("primary_conninfo").isEmpty()
                                && s.upstream().orElseThrow().timeline().isPresent()));
        var upstream = standby.upstream().orElseThrow();
        assertEquals("127.0.0.1", upstream.host());
        assertEquals(pgdb1.postgres().port(), upstream.port());
        assertEquals(Optional.of(new Timeline(1)), upstream.timeline());
        assertEquals(ReplayPause.NOT_PAUSED, standby.replayPause());
        assertEquals(Duration.ZERO, standby.applyDelay());
        assertEquals(
                "host=127.0.0.1 port=" + pgdb1.postgres().port(),
                standby.facts().setting("primary_conninfo"));
        assertEquals(new Timeline(1), standby.identity().timeline());
        assertTrue(standby.received().value() > 0);
    }

    @Test
    void replayThatSomebodyPausedIsSeen() {
        lab.psql(pgdb2, "select pg_wal_replay_pause()");
        try {
            var server = lab.server(pgdb2);
            Eventually.matches(
                    () -> server.observe(LIMIT),
                    state -> state instanceof Standby standby && standby.replayPause() == ReplayPause.PAUSED);
        } finally {
            lab.psql(pgdb2, "select pg_wal_replay_resume()");
        }
    }

    @Test
    void aTransactionOlderThanASecondIsSeen() throws Exception {
        var sleeper = Thread.ofVirtual().start(() -> lab.psql(pgdb1, "select pg_sleep(4) /* the sleeper */"));
        var server = lab.server(pgdb1);
        var state = Eventually.matches(
                () -> server.observe(LIMIT),
                seen -> seen instanceof Primary primary
                        && !primary.facts().oldTransactions().isEmpty());
        var old = ((Primary) state).facts().oldTransactions().getFirst();
        assertEquals("postgres", old.user());
        assertEquals("postgres", old.database());
        assertEquals("select pg_sleep(4) /* the sleeper */", old.query());
        assertTrue(old.age().toMillis() >= 1000, old::toString);
        sleeper.join();
    }

    @Test
    void anArchiverThatFailsIsSeenWithItsBacklog() throws IOException {
        try (var own = new Lab()) {
            var node = own.primary("archiving");
            own.write(own.data(node) + "/postgresql.auto.conf", "archive_mode = on\narchive_command = 'false'\n");
            var server = own.server(node);
            server.restart(Duration.ofSeconds(20));
            own.psql(node, "insert into notes values ('x')");
            own.psql(node, "select pg_switch_wal()");
            Eventually.matches(
                    () -> server.observe(LIMIT),
                    state -> state instanceof Primary primary
                            && primary.facts().archiveFailing()
                            && primary.facts().archiveReady() == 1);
        }
    }

    @Test
    void aServerThatDoesNotRunIsStoppedAndOneThatRefusesIsOnlyUnreachable() throws IOException {
        try (var own = new Lab()) {
            var node = own.primary("lonely");
            var server = own.server(node);
            assertInstanceOf(Primary.class, server.observe(LIMIT));
            own.psql(node, "alter role heliosctl connection limit 0");
            assertEquals(
                    new Unreachable("too many connections", true),
                    own.server(node).observe(LIMIT));
            own.psql(node, "alter role heliosctl nologin");
            assertEquals(
                    new Unreachable("authentication failed for role \"heliosctl\"", true),
                    own.server(node).observe(LIMIT));
            server.requestStop(StopMode.FAST);
            server.awaitExit(LIMIT);
            var stopped = assertInstanceOf(Stopped.class, server.observe(LIMIT));
            assertEquals("shut down", stopped.control().state());
        }
    }

    @Test
    void aFrozenServerIsUnreachableWithinTheLimit() throws IOException {
        try (var own = new Lab()) {
            var node = own.primary("frozen");
            var server = own.server(node);
            server.observe(LIMIT);
            own.signal(node, "STOP");
            var before = System.nanoTime();
            assertInstanceOf(Unreachable.class, server.observe(Duration.ofSeconds(1)));
            assertTrue(System.nanoTime() - before < 4_000_000_000L);
            own.signal(node, "CONT");
        }
    }
}
