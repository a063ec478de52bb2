package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.remote.Command;
import io.heliosctl.remote.LocalRemote;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a switch costs while clients wait: it is armed before the stop, asked after it, and disarmed before the
/// promotion. On a shell of this machine, so without the network's three round trips.
@Timeout(120)
class SwitchCostTest {

    private static final int ROUNDS = 30;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long GOAL = Duration.ofMillis(10).toNanos();

    private final LocalRemote remote = new LocalRemote("here");
    private final Permit permit = new Permit("heliosctl-cost-" + UUID.randomUUID(), "a.run", 1);

    @Test
    void isAFewMilliseconds() {
        var switched = new long[ROUNDS];
        var asked = new long[ROUNDS];
        var guarded = new long[ROUNDS];
        var plain = new long[ROUNDS];
        try (var mine = new HostSwitch(
                "a", remote, permit, "run a me", new Script("ready() { :; }\nfire() { :; }\n", List.of()))) {
            for (int round = 0; round < ROUNDS; round++) {
                mine.ready(LONG);
                asked[round] = time(() -> {
                    mine.state();
                    mine.state();
                    mine.state();
                });
                switched[round] = time(() -> {
                    mine.arm(LONG);
                    assertInstanceOf(SwitchState.Armed.class, mine.state());
                    assertInstanceOf(SwitchState.Disarmed.class, mine.disarm(LONG));
                });
                mine.ready(LONG);
                mine.arm(LONG);
                plain[round] = time(() -> ran(Command.script("exit 7")));
                guarded[round] = time(() -> ran(permit.guard(Command.script("exit 7"))));
                mine.disarm(LONG);
            }
        }
        System.out.printf(
                "switch: armed, asked, disarmed in %.2f ms; three questions alone %.2f ms; a command %.2f ms, permitted %.2f ms%n",
                millis(switched), millis(asked), millis(plain), millis(guarded));
        assertTrue(median(switched) < GOAL, () -> "it took " + millis(switched) + " ms");
    }

    private void ran(Command command) {
        assertTrue(remote.run(command) instanceof Ran.Exited exited && exited.status() == 7);
    }

    private static long time(Runnable deed) {
        var begun = System.nanoTime();
        deed.run();
        return System.nanoTime() - begun;
    }

    private static double millis(long[] times) {
        return median(times) / 1e6;
    }

    private static long median(long[] times) {
        var sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
