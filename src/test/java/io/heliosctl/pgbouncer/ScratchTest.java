package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.*;

import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.*;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("loopback")
class ScratchTest {
    @Test
    void timing() throws Exception {
        try (var postgres = new LoopbackPostgres();
                var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var writers = new Writers(bouncer, 8)) {
            writers.awaitWrites(20);
            for (int i = 0; i < 30; i++) {
                var host = i % 2 == 0 ? "127.0.0.2" : "127.0.0.1";
                var t0 = System.nanoTime();
                var staged = bouncer.instances().stream()
                        .map(x -> server.stage(x, bouncer.config(x, host)))
                        .toList();
                var t1 = System.nanoTime();
                Pauses.pause(server, Duration.ofSeconds(1));
                var t2 = System.nanoTime();
                server.install(staged, Duration.ofSeconds(2));
                var t3 = System.nanoTime();
                server.resume();
                var t4 = System.nanoTime();
                server.observe(Duration.ofSeconds(1));
                var t5 = System.nanoTime();
                System.out.printf(
                        "stage %d pause %d install %d resume %d observe %d us%n",
                        (t1 - t0) / 1000, (t2 - t1) / 1000, (t3 - t2) / 1000, (t4 - t3) / 1000, (t5 - t4) / 1000);
                writers.awaitWrites(50);
            }
            assertEquals(List.of(), writers.errors());
        }
    }

    @Test
    void race() throws Exception {
        try (var postgres = new LoopbackPostgres();
                var bouncer = new LoopbackPgbouncer(postgres, 2);
                var server = bouncer.server();
                var writers = new Writers(bouncer, 8)) {
            writers.awaitWrites(20);
            int ok = 0, bad = 0;
            for (int i = 0; i < 150; i++) {
                try {
                    Pauses.pause(server, Duration.ofNanos(200_000L + (i % 30) * 100_000L));
                    ok++;
                    assertTrue(bouncer.observe().instances().stream().allMatch(x -> x.paused()));
                    server.resume();
                } catch (ProblemException e) {
                    bad++;
                    assertEquals(1, e.problems().size(), e.problems().toString());
                    assertEquals("pause-timed-out", e.problems().getFirst().code());
                }
                assertFalse(bouncer.observe().isPaused());
                writers.awaitWrites(10);
            }
            System.out.println("ok " + ok + " timed out " + bad);
            assertEquals(List.of(), writers.errors());
        }
    }
}
