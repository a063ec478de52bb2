package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.Timeline;
import io.heliosctl.remote.Permit;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("loopback")
class SwitchTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Lab lab;
    private Node pgdb1;
    private Node pgdb2;
    private PostgresServer first;
    private PostgresServer second;

    @BeforeEach
    void start() throws IOException {
        lab = new Lab();
        pgdb1 = lab.primary("pgdb1");
        pgdb2 = lab.standby("pgdb2", pgdb1);
        first = lab.server(pgdb1);
        second = lab.server(pgdb2);
        Eventually.matches(
                () -> second.observe(LIMIT), state -> state instanceof Standby standby && standby.isStreaming());
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void theRoleMovesThereAndBackAndEveryStandbyFollows() throws IOException {
        var pgdb3 = lab.standby("pgdb3", pgdb1);
        var third = lab.server(pgdb3);
        first.observe(LIMIT);
        third.observe(LIMIT);
        move(first, second, pgdb2);
        var upstream = ((Running) second.observe(LIMIT)).identity();
        assertEquals(new Timeline(2), upstream.timeline());
        var followed = third.follow(lab.recovery(pgdb2), upstream, LIMIT);
        assertEquals(
                new Timeline(2), followed.upstream().orElseThrow().timeline().orElseThrow());
        first.start(LIMIT);
        first.awaitStreaming(lab.recovery(pgdb2), upstream, LIMIT);
        first.forgetTombstone();
        lab.psql(pgdb2, "insert into notes values ('after the move')");
        Eventually.matches(() -> lab.psql(pgdb1, "select note from notes"), "after the move"::equals);

        move(second, first, pgdb1);
        var home = ((Running) first.observe(LIMIT)).identity();
        assertEquals(new Timeline(3), home.timeline());
        third.follow(lab.recovery(pgdb1), home, LIMIT);
        second.start(LIMIT);
        second.awaitStreaming(lab.recovery(pgdb1), home, LIMIT);
        assertEquals("after the move", lab.psql(pgdb2, "select note from notes"));
    }

    /// Its switch has fired meanwhile, or somebody has gone on with the run.
    @Test
    void aStopThatComesLateIsNotMade() {
        var permit = new Permit("heliosctl-late-" + ProcessHandle.current().pid(), "pgdb1.run", 1);

        var problem = assertThrows(ProblemException.class, () -> first.requestStop(StopMode.FAST, Optional.of(permit)))
                .problems()
                .getFirst();

        assertEquals("too-late", problem.code());
        assertTrue(problem.detail().contains("-m fast"), problem::detail);
        assertInstanceOf(Primary.class, first.observe(LIMIT));
    }

    @Test
    void promotingAgainChangesNothing() {
        first.requestStop(StopMode.FAST);
        var stopped = first.awaitStopped(LIMIT);
        var received = second.awaitReceived(stopped, LIMIT);
        var timeline = second.promote(stopped, received, LIMIT);
        assertEquals(timeline, second.promote(stopped, received, LIMIT));
    }

    @Test
    void aStandbyWhoseReceiverIsFrozenIsNotProvedToHaveEverything() {
        lab.psql(pgdb1, "alter system set wal_sender_timeout = '1s'");
        first.reload();
        lab.sh("kill -s STOP $(pgrep -P $(head -n 1 \"$1/postmaster.pid\") -f walreceiver)", lab.data(pgdb2));
        lab.psql(pgdb1, "insert into notes select repeat('x', 500) from generate_series(1, 20000)");
        first.requestStop(StopMode.FAST);
        var stopped = first.awaitStopped(LIMIT);
        var problem = assertThrows(ProblemException.class, () -> second.awaitReceived(stopped, Duration.ofMillis(300)))
                .problems()
                .getFirst();
        assertEquals("pgdb2 has not received everything of pgdb1", problem.message());
        assertEquals("wal-missing", problem.code());
        assertFalse(second.received().isPast(stopped.checkpoint()));
    }

    @Test
    void aStandbyOfAnotherHistoryIsNotProvedToHaveEverything() {
        lab.psql(pgdb2, "select pg_promote()");
        lab.psql(pgdb2, "insert into notes select repeat('x', 500) from generate_series(1, 20000)");
        lab.psql(pgdb1, "select pg_switch_wal()");
        lab.psql(pgdb1, "insert into notes values ('only here')");
        var pgdb3 = lab.standby("pgdb3", pgdb2);
        first.requestStop(StopMode.FAST);
        var stopped = first.awaitStopped(LIMIT);
        lab.psql(pgdb2, "select pg_switch_wal()");
        lab.psql(pgdb2, "insert into notes select repeat('x', 500) from generate_series(1, 80000)");
        var problem = assertThrows(
                        ProblemException.class, () -> lab.server(pgdb3).awaitReceived(stopped, LIMIT))
                .problems()
                .getFirst();
        assertEquals("other-history", problem.code());
    }

    @Test
    void aTombstonedPrimaryStartsReadOnlyAndIsPutBackByteForByte() {
        var path = lab.data(pgdb1) + "/postgresql.auto.conf";
        lab.sh(
                "printf '# caf\\351\\nwork_mem = 8MB\\nprimary_slot_name = old\\nlast = 1' | sed '/^last/d' > \"$1\"",
                path);
        var before = lab.sh("sha256sum < \"$1\"", path);
        first.prepareTombstone(lab.recovery(pgdb2));
        first.requestStop(StopMode.FAST);
        var stopped = first.awaitStopped(LIMIT);
        first.tombstone(stopped, lab.recovery(pgdb2));
        first.awaitExit(LIMIT);
        assertTrue(first.isTombstoned());
        first.start(LIMIT);
        var standby = assertInstanceOf(Standby.class, first.observe(LIMIT));
        assertEquals("", standby.facts().setting("primary_slot_name"));
        first.requestStop(StopMode.FAST);
        first.awaitExit(LIMIT);

        first.removeTombstone();
        assertEquals(before, lab.sh("sha256sum < \"$1\"", path));
        first.start(LIMIT);
        assertInstanceOf(Primary.class, first.observe(LIMIT));
    }

    @Test
    void aTombstoneSetTwiceStillKnowsWhatWasThereFirst() {
        var path = lab.data(pgdb1) + "/postgresql.auto.conf";
        var before = lab.sh("sha256sum < \"$1\"", path);
        first.configureStandby(lab.recovery(pgdb2));
        lab.server(pgdb1).configureStandby(lab.recovery(pgdb2));
        first.removeTombstone();
        assertEquals(before, lab.sh("sha256sum < \"$1\"", path));
        assertFalse(first.isTombstoned());
    }

    @Test
    void whatSomebodyChangedMeanwhileIsNotPutBack() {
        first.prepareTombstone(lab.recovery(pgdb2));
        lab.psql(pgdb1, "alter system set work_mem = '16MB'");
        first.removeTombstone();
        assertTrue(lab.sh("cat \"$1/postgresql.auto.conf\"", lab.data(pgdb1)).contains("work_mem = '16MB'"));
    }

    @Test
    void aReplicationLoginIsAcceptedOrRefusedByPgHba() {
        assertEquals(first.controlData().systemId(), second.replicationLogin(pgdb1));
        lab.sh("sed -i '/^host replication/d' \"$1/pg_hba.conf\"", lab.data(pgdb1));
        first.reload();
        var problem = Eventually.matches(() -> refusal(second, pgdb1), found -> !found.isEmpty());
        assertEquals("pgdb2 cannot log in for replication at pgdb1", problem);
    }

    private String refusal(PostgresServer from, Node to) {
        try {
            from.replicationLogin(to);
            return "";
        } catch (ProblemException e) {
            return e.problems().getFirst().message();
        }
    }

    /// A whole planned move, and no longer than two seconds from the stop to the promotion.
    private void move(PostgresServer from, PostgresServer to, Node newPrimary) {
        from.prepareTombstone(lab.recovery(newPrimary));
        from.checkpoint(LIMIT);
        var before = System.nanoTime();
        from.requestStop(StopMode.FAST);
        var stopped = from.awaitStopped(LIMIT);
        var received = to.awaitReceived(stopped, LIMIT);
        from.tombstone(stopped, lab.recovery(newPrimary));
        to.promote(stopped, received, LIMIT);
        var took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.toMillis() < 2000, took::toString);
        from.awaitExit(LIMIT);
    }
}
