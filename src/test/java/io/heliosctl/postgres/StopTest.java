package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.NodeState.Unreachable;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("loopback")
class StopTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Lab lab;
    private Node node;
    private PostgresServer server;

    @BeforeEach
    void start() throws IOException {
        lab = new Lab();
        node = lab.primary("pgdb1");
        server = lab.server(node);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void aFastStopIsProvedAndItsUnitOfProcessesEnds() {
        server.checkpoint(LIMIT);
        server.requestStop(StopMode.FAST);
        var proof = server.awaitStopped(LIMIT);
        assertEquals(new NodeName("pgdb1"), proof.node());
        assertEquals(new Timeline(1), proof.timeline());
        assertEquals(server.controlData().checkpoint(), proof.checkpoint());
        assertEquals(server.controlData().systemId(), proof.systemId());
        server.awaitExit(LIMIT);
        assertInstanceOf(Stopped.class, server.observe(LIMIT));
        assertEquals(proof, server.proveStopped());
    }

    /// Clients need not wait until whatever has started it is sure of that.
    @Test
    void aServerThatAnswersIsStartedWhateverSaysSoLater() {
        var said = Path.of(lab.data(node), "said");
        var slow = lab.server(lab.slowlySaying(node));
        slow.requestStop(StopMode.FAST);
        slow.awaitExit(LIMIT);

        slow.start(LIMIT);

        assertInstanceOf(Primary.class, slow.observe(LIMIT));
        assertFalse(Files.exists(said));
        slow.requestStop(StopMode.FAST);
        assertTrue(Files.exists(said), "the next command waits for the one before");
        slow.awaitExit(LIMIT);
    }

    /// Whoever goes on with a run that was cut off asks for a stop that may be on its way.
    @Test
    void aServerThatHasEndedNeedsNoRequest() {
        server.requestStop(StopMode.FAST);
        var proof = server.awaitStopped(LIMIT);
        server.awaitExit(LIMIT);

        server.requestStop(StopMode.FAST);
        assertEquals(proof, server.awaitStopped(LIMIT));
    }

    @Test
    void aSlowArchiverDoesNotHoldUpTheProof() {
        lab.write(lab.data(node) + "/postgresql.auto.conf", "archive_mode = on\narchive_command = 'sleep 4'\n");
        server.restart(LIMIT);
        lab.psql(node, "insert into notes values ('x')");
        server.requestStop(StopMode.FAST);
        var before = System.nanoTime();
        server.awaitStopped(LIMIT);
        assertTrue(System.nanoTime() - before < 2_000_000_000L);
        assertInstanceOf(Unreachable.class, server.observe(LIMIT));
        server.awaitExit(Duration.ofSeconds(30));
        assertInstanceOf(Stopped.class, server.observe(LIMIT));
    }

    @Test
    void aStartWaitsForAServerThatIsStillOnItsWayDown() {
        lab.write(lab.data(node) + "/postgresql.auto.conf", "archive_mode = on\narchive_command = 'sleep 2'\n");
        server.restart(LIMIT);
        lab.psql(node, "insert into notes values ('x')");
        server.requestStop(StopMode.FAST);
        server.awaitStopped(LIMIT);
        server.start(Duration.ofSeconds(30));
        assertInstanceOf(Primary.class, server.observe(LIMIT));
        server.start(LIMIT);
    }

    @Test
    void aServerThatRunsIsNotProvedToBeStopped() {
        var problem = assertThrows(ProblemException.class, server::proveStopped)
                .problems()
                .getFirst();
        assertEquals("not-stopped", problem.code());
        assertEquals("pg_control says \"in production\".", problem.detail());
        var late = assertThrows(ProblemException.class, () -> server.awaitStopped(Duration.ofMillis(300)));
        assertEquals("not-stopped", late.problems().getFirst().code());
    }

    @Test
    void aServerThatIsStartedAgainIsNotProvedToBeStopped() {
        server.requestStop(StopMode.FAST);
        server.awaitExit(LIMIT);
        server.start(LIMIT);
        assertThrows(ProblemException.class, server::proveStopped);
        assertInstanceOf(Primary.class, server.observe(LIMIT));
    }

    @Test
    void anImmediateStopIsNoProof() {
        server.requestStop(StopMode.IMMEDIATE);
        server.awaitExit(LIMIT);
        var problem = assertThrows(ProblemException.class, server::proveStopped)
                .problems()
                .getFirst();
        assertEquals("pg_control says \"in production\".", problem.detail());
    }

    @Test
    void aStartThatFailsShowsTheEndOfTheServersLog() {
        server.requestStop(StopMode.FAST);
        server.awaitExit(LIMIT);
        lab.write(lab.data(node) + "/postgresql.auto.conf", "shared_preload_libraries = 'no_such_library'\n");
        var problem = assertThrows(ProblemException.class, () -> server.start(LIMIT))
                .problems()
                .getFirst();
        assertEquals("pgdb1 did not start", problem.message());
        assertTrue(problem.detail().contains("could not access file \"no_such_library\""), problem::detail);
    }

    @Test
    void onlyTheServerThatIsMeantPassesTheIdentityCheck() {
        var seen = ((Primary) server.observe(LIMIT)).identity();
        assertEquals(seen, server.requireIdentity(seen).identity());
        var stranger =
                new Identity(new SystemId("42"), seen.timeline(), seen.version(), seen.dataDirectory(), seen.port());
        var problem = assertThrows(ProblemException.class, () -> server.requireIdentity(stranger))
                .problems()
                .getFirst();
        assertEquals("pgdb1 is not the server that is meant", problem.message());
        assertEquals("its system identifier is %s, not 42.".formatted(seen.systemId()), problem.detail());
    }

    @Test
    void aDataDirectoryByAnotherPathIsTheSameOne() {
        lab.sh("ln -s \"$1\" \"$1.link\"", lab.data(node));
        var linked = lab.server(lab.at(node, lab.data(node) + ".link"));
        linked.requireIdentity(((Primary) server.observe(LIMIT)).identity());
        var elsewhere = lab.server(lab.at(node, lab.directory.toString()));
        var seen = ((Primary) server.observe(LIMIT)).identity();
        var problem = assertThrows(ProblemException.class, () -> elsewhere.requireIdentity(seen))
                .problems()
                .getFirst();
        assertEquals("its data directory is %s, not %s.".formatted(lab.data(node), lab.directory), problem.detail());
    }

    @Test
    void theHostTellsVersionAndDiskSpace() {
        assertEquals("15", server.programVersion().major());
        var space = server.diskSpace().getFirst();
        assertTrue(space.free() > 0 && space.free() <= space.total(), space::toString);
    }
}
