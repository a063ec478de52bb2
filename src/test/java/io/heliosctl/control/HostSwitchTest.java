package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.SwitchState.Armed;
import io.heliosctl.control.SwitchState.Disarmed;
import io.heliosctl.control.SwitchState.Fired;
import io.heliosctl.control.SwitchState.None;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SwitchTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The scripts of dead-man's switches on a real shell, from ready to disarmed or fired.
@Timeout(120)
class HostSwitchTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private SwitchBench bench;

    @BeforeEach
    void make() throws IOException {
        bench = new SwitchBench();
    }

    @AfterEach
    void remove() throws IOException {
        bench.close();
    }

    @Test
    void firesOnceWhenNobodyComesBack() {
        var mine = bench.ready("a", Duration.ofMillis(300));
        mine.arm(Duration.ofMillis(300));

        mine.close();

        SwitchBench.await(() -> bench.done("a").equals(List.of("back")));
        assertEquals(List.of(SwitchTrace.State.DONE), states());
    }

    @Test
    void neverFiresEarly() throws Exception {
        var mine = bench.ready("a", Duration.ofSeconds(2));
        var armed = System.nanoTime();
        mine.arm(Duration.ofSeconds(2));
        SwitchBench.await(() -> !bench.done("a").isEmpty());
        assertTrue(System.nanoTime() - armed >= Duration.ofMillis(1980).toNanos());
    }

    @Test
    void leavesNothingOnceItIsDisarmed() {
        var mine = bench.ready("a", LONG);
        mine.arm(LONG);

        assertInstanceOf(Disarmed.class, mine.disarm(LONG));
        assertInstanceOf(Disarmed.class, mine.disarm(LONG));

        SwitchBench.await(() -> bench.files().isEmpty());
        assertEquals(0, bench.watchers());
    }

    @Test
    void leavesNothingIfItIsNeverArmed() {
        bench.ready("a", LONG).close();

        SwitchBench.await(() -> bench.files().isEmpty() && bench.watchers() == 0);
    }

    @Test
    void outlivesTheShellThatArmedItAndItsGroup() throws Exception {
        var mine = bench.ready("a", Duration.ofMillis(500));
        var pid = bench.watcherPids().getFirst();
        mine.arm(Duration.ofMillis(500));

        mine.close();

        assertEquals(
                pid,
                Long.parseLong(Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                        .replaceFirst("^.*\\) ", "")
                        .split(" ", -1)[3]),
                "a session of its own");
        SwitchBench.await(() -> bench.done("a").size() == 1);
    }

    @Test
    void isTakenOverByALaterProcessOfItsRun() {
        bench.ready("a", LONG).arm(LONG);

        var later = bench.create("a");
        later.ready(LONG);

        assertTrue(later.isArmed());
        assertInstanceOf(Disarmed.class, later.disarm(LONG));
        SwitchBench.await(() -> bench.files().isEmpty() && bench.watchers() == 0);
    }

    @Test
    void turnsForwardAndBack() {
        var mine = bench.ready("a", LONG);
        mine.arm(LONG);
        assertEquals("forward", assertInstanceOf(Armed.class, mine.forward()).mode());
        assertEquals("back", assertInstanceOf(Armed.class, mine.back()).mode());
        assertEquals("forward", assertInstanceOf(Armed.class, mine.forward()).mode());
        mine.disarm(LONG);
    }

    @Test
    void canBeArmedAgain() {
        var mine = bench.ready("a", LONG);
        for (int i = 0; i < 3; i++) {
            mine.arm(LONG);
            assertInstanceOf(Disarmed.class, mine.disarm(LONG));
        }
        mine.arm(Duration.ofMillis(200));
        SwitchBench.await(() -> bench.done("a").size() == 1);
        assertThrows(ProblemException.class, () -> mine.renew());
        assertEquals(
                SwitchTrace.State.DONE,
                assertInstanceOf(Fired.class, mine.awaitEnd(LONG)).state());
    }

    @Test
    void saysWhyItCannotBeMadeReady() {
        var mine = bench.create("a", "refuse");
        var problem = assertThrows(ProblemException.class, () -> mine.ready(LONG))
                .problems()
                .getFirst();
        assertEquals("switch-refused", problem.code());
        assertEquals("here: it must not.", problem.detail());
    }

    @Test
    void aFileThatIsGoneNeverFires() throws IOException {
        var mine = bench.ready("a", Duration.ofSeconds(1));
        mine.arm(Duration.ofSeconds(1));
        for (var path : bench.files()) {
            Files.delete(path);
        }
        assertInstanceOf(None.class, mine.state());
        SwitchBench.await(() -> bench.watchers() == 0);
        assertEquals(List.of(), bench.done("a"));
    }

    private List<SwitchTrace.State> states() {
        var traces = new SwitchTraces(List.of(bench.remote()), bench.key());
        SwitchBench.await(() -> traces.list().stream().allMatch(SwitchTrace::hasEnded));
        var seen = traces.list();
        traces.forget(Optional.of("another"));
        assertEquals(seen, traces.list());
        traces.forget(Optional.of("run"));
        assertEquals(List.of(), bench.files());
        return seen.stream().map(SwitchTrace::state).toList();
    }
}
