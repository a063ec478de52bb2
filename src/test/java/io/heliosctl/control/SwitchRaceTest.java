package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.SwitchState.Armed;
import io.heliosctl.control.SwitchState.Disarmed;
import io.heliosctl.control.SwitchState.Fired;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever comes to a switch at the same instant, exactly one thing happens.
@Timeout(120)
class SwitchRaceTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int RACES = 200;

    private SwitchBench bench;

    @BeforeEach
    void make() throws IOException {
        bench = new SwitchBench();
    }

    @AfterEach
    void remove() throws IOException {
        bench.close();
    }

    /// Whoever begins a run writes its number and then looks for armed switches; whoever arms one does it the
    /// other way round.
    @Test
    void eitherTheLaterRunSeesItArmedOrItIsNot() throws Exception {
        for (int i = 0; i < 50; i++) {
            var name = "begin" + i;
            try (var mine = bench.ready(name, LONG)) {
                var seen = new AtomicBoolean();
                var other = Thread.ofPlatform().start(() -> {
                    bench.begin(2);
                    seen.set(bench.files(name).stream()
                            .anyMatch(path -> path.toString().contains(".armed.")));
                });
                try {
                    mine.arm(LONG);
                } catch (ProblemException e) {
                    assertFalse(mine.isArmed());
                }
                other.join();
                assertTrue(seen.get() || !(mine.state() instanceof Armed), name);
                mine.disarm(LONG);
                bench.end(2);
            }
        }
    }

    @Test
    void ofFiringAndDisarmingExactlyOneHappens() throws Exception {
        var fired = race((mine, budget) -> mine.disarm(LONG) instanceof Disarmed);
        assertTrue(fired > 0 && fired < RACES, "it was no race: " + fired + " fired");
    }

    @Test
    void ofFiringAndTurningExactlyOneHappens() throws Exception {
        race((mine, budget) -> mine.forward() instanceof Armed && mine.disarm(LONG) instanceof Disarmed);
    }

    private interface Word {
        /// True if it was stopped from firing.
        boolean spoken(HostSwitch mine, Duration budget);
    }

    /// Says a word at about the instant when it fires; counts those that have fired.
    private int race(Word word) throws Exception {
        var fired = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(40)) {
            var all = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < RACES; i++) {
                var name = "race" + i;
                all.add(threads.submit(() -> once(name, word, fired)));
            }
            for (var one : all) {
                assertTrue(one.get());
            }
        }
        SwitchBench.await(() -> bench.watchers() == 0);
        return fired.get();
    }

    private boolean once(String name, Word word, AtomicInteger fired) throws Exception {
        try (var mine = bench.create(name)) {
            var budget = Duration.ofMillis(1500);
            mine.ready(budget);
            mine.arm(budget);
            Thread.sleep(1480 + ThreadLocalRandom.current().nextInt(260));
            var stopped = word.spoken(mine, budget);
            if (stopped) {
                SwitchBench.await(() -> bench.files(name).isEmpty());
                assertEquals(List.of(), bench.done(name));
            } else {
                fired.incrementAndGet();
                assertInstanceOf(Fired.class, mine.state());
                SwitchBench.await(() -> bench.done(name).size() == 1);
                assertEquals(1, bench.files(name).size());
            }
            return true;
        }
    }
}
