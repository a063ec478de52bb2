package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.SwitchState.Armed;
import io.heliosctl.control.SwitchState.Disarmed;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Ran;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Switches of a run that another one has followed: none is armed, turned or obeyed any more.
@Timeout(120)
class LaterRunSwitchTest {

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
    void nothingIsArmedOrChangedOnceALaterRunHasBegun() throws IOException {
        var mine = bench.ready("a", LONG);
        bench.begin(2);
        assertEquals(
                "here: a later run has begun.",
                assertThrows(ProblemException.class, () -> mine.arm(LONG))
                        .problems()
                        .getFirst()
                        .detail());
        assertFalse(mine.isArmed());
        assertInstanceOf(SwitchState.Waiting.class, mine.state());
        mine.close();
        SwitchBench.await(() -> bench.watchers() == 0);
    }

    @Test
    void oneThatIsArmedWhenALaterRunBeginsCanOnlyBeDisarmed() throws IOException {
        var mine = bench.ready("a", LONG);
        mine.arm(LONG);
        bench.begin(2);
        assertThrows(ProblemException.class, mine::renew);
        assertInstanceOf(SwitchState.Failed.class, mine.forward());
        assertEquals("back", assertInstanceOf(Armed.class, mine.state()).mode());
        assertInstanceOf(Disarmed.class, mine.disarm(LONG));
    }

    @Test
    void whatComesLateIsNotPermitted() throws IOException {
        var mine = bench.ready("a", LONG);
        assertFalse(isPermitted(mine), "not before it is armed");
        mine.arm(LONG);
        assertTrue(isPermitted(mine));
        mine.forward();
        assertFalse(isPermitted(mine), "not when the promotion is about to be sent");
        mine.back();
        assertTrue(isPermitted(mine));
        bench.begin(2);
        assertFalse(isPermitted(mine), "not once a later run has begun");
        bench.end(2);
        assertTrue(isPermitted(mine));
        mine.disarm(LONG);
        assertFalse(isPermitted(mine), "not when it was disarmed");
        mine.arm(Duration.ofMillis(200));
        SwitchBench.await(() -> bench.done("a").size() == 1);
        assertFalse(isPermitted(mine), "not when it has fired");
    }

    private boolean isPermitted(HostSwitch mine) {
        var ran = bench.remote().run(mine.permit().guard(Command.script("echo \"$1\"", "made")));
        var exited = assertInstanceOf(Ran.Exited.class, ran);
        assertEquals(exited.ok() ? "made\n" : "", exited.text());
        assertTrue(exited.ok() || exited.status() == Permit.TOO_LATE);
        return exited.ok();
    }
}
