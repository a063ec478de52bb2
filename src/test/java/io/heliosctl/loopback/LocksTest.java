package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.LiveCluster;
import io.heliosctl.model.Problem;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two operators on two machines, which know nothing of each other but what they find on the hosts.
@Tag("loopback")
class LocksTest {

    private static final Set<String> NODE = Set.of("pgdb1");
    private static final String ALL_KEYS = "test-" + UUID.randomUUID();

    private static LoopbackBed bed;
    private static Operator alice;
    private static Operator bob;

    @TempDir
    private static Path directory;

    private final String key = ALL_KEYS + "-" + UUID.randomUUID();
    private final List<RunLocks> taken = new ArrayList<>();

    private record Operator(LiveCluster cluster, RunDirectory runs) {

        RunLocks take(String key, String run, Optional<String> breaks) {
            return RunLocks.take(runs, cluster.locks(key), new RunId(run), key, "1", breaks);
        }
    }

    @BeforeAll
    static void startBed() {
        bed = LoopbackBed.start(2);
        alice = operator("alice");
        bob = operator("bob");
    }

    @AfterAll
    static void stopBed() throws IOException {
        alice.cluster().close();
        bob.cluster().close();
        bed.close();
        for (var place : List.of("/run/lock", "/tmp")) {
            try (var files = Files.newDirectoryStream(Path.of(place), "heliosctl-*" + ALL_KEYS + "*")) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    @AfterEach
    void release() {
        taken.reversed().forEach(RunLocks::close);
    }

    private static Operator operator(String name) {
        return new Operator(
                Connected.to(bed.cluster()),
                new RunDirectory(directory.resolve(name).resolve("runs")));
    }

    @Test
    void ofTwoThatStartAtOnceExactlyOneRuns() throws Exception {
        var pairs = 50;
        var outcomes = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<String>>();
            for (int i = 0; i < pairs; i++) {
                var both = "pair-" + i + "-" + key;
                futures.add(threads.submit(() -> race(both)));
            }
            for (var future : futures) {
                outcomes.add(future.get());
            }
        }
        assertEquals(
                List.of("one runs, one is refused: locked"),
                outcomes.stream().distinct().toList());
        assertEquals(pairs, outcomes.size());
    }

    /// Each starts within two seconds, and holds on until both have tried.
    private String race(String both) throws Exception {
        var tried = new CountDownLatch(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> attempt(alice, both, "run-alice", tried));
            var second = threads.submit(() -> attempt(bob, both, "run-bob", tried));
            var words = List.of(first.get(), second.get()).stream().sorted().toList();
            return String.join(", one is ", words);
        }
    }

    private static String attempt(Operator operator, String both, String run, CountDownLatch tried) throws Exception {
        Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(2_000)));
        try (var locks = operator.take(both, run, Optional.empty())) {
            tried.countDown();
            assertTrue(tried.await(2, TimeUnit.MINUTES), "the other one never came to an answer");
            return locks.refusals(NODE).isEmpty() ? "one runs" : "doubted";
        } catch (RefusedException e) {
            return "refused: " + e.problems().getFirst().code();
        } finally {
            // Whatever came of it: the other one waits for it.
            tried.countDown();
        }
    }

    @Test
    void theRefusalSaysWhoSinceWhenWhereAndWhatToType() {
        take(alice, "run-1");

        var problem = refusal(bob, Optional.empty());

        assertEquals("locked", problem.code());
        assertEquals("another run works on cluster " + key, problem.message());
        assertTrue(
                problem.detail()
                        .matches("Run run-1 by \\S+@\\S+ since 20\\S+Z, process %d there, as the lock on pgdb1 says\\."
                                .formatted(ProcessHandle.current().pid())),
                problem.detail());
        assertTrue(problem.hint().endsWith("add: --break-lock run-1"), problem.hint());
    }

    @Test
    void aLockIsBrokenOnlyByTheNameOfItsRun() {
        take(alice, "run-1").keep(true);

        assertEquals("locked", refusal(bob, Optional.of("run-0")).code());
        var bobs = take(bob, "run-2", Optional.of("run-1"));

        assertEquals(Optional.of("run-1"), bobs.broken());
        assertEquals(List.of(), bobs.refusals(NODE));
    }

    @Test
    void anOlderRunThatWakesUpIsRefusedByTheHosts() {
        var older = take(alice, "run-1");
        assertEquals(List.of(), older.refusals(NODE));

        var newer = take(bob, "run-2", Optional.of("run-1"));
        assertEquals(older.epoch() + 1, newer.epoch());
        assertEquals(List.of("stale-epoch"), codes(older.refusals(NODE)));
        assertEquals(List.of("stale-epoch"), codes(older.refusals(Set.of())));
        assertEquals(List.of(), newer.refusals(NODE));

        newer.close();
        assertEquals(List.of("stale-epoch"), codes(older.refusals(NODE)));
    }

    @Test
    void anOlderRunDoesNotLetGoOfTheLockOfTheNewer() {
        var older = take(alice, "run-1");
        var newer = take(bob, "run-2", Optional.of("run-1"));

        older.close();

        assertEquals(List.of(), newer.refusals(NODE));
    }

    @Test
    void anUnfinishedRunIsTakenOverByItselfAlone() {
        var first = take(alice, "run-1");
        first.keep(true);
        first.close();

        assertEquals("locked", refusal(bob, Optional.empty()).code());
        var again = take(alice, "run-1");

        assertEquals(first.epoch() + 1, again.epoch());
        assertEquals(List.of(), again.refusals(NODE));
    }

    @Test
    void aFailedTakeoverLeavesTheLockAlone() {
        var first = take(alice, "run-1");
        assertEquals("locked", refusal(alice, Optional.empty()).code());
        assertEquals(List.of(), first.refusals(NODE));
    }

    @Test
    void nothingIsLeftOfALockThatWasLetGo() {
        take(alice, "run-1").close();

        assertFalse(bob.cluster().locks(key).heldByAnotherThan(Optional.empty()).isPresent());
        assertEquals(List.of(), take(bob, "run-2").refusals(NODE));
    }

    private RunLocks take(Operator operator, String run) {
        return take(operator, run, Optional.empty());
    }

    private RunLocks take(Operator operator, String run, Optional<String> breaks) {
        var locks = operator.take(key, run, breaks);
        taken.add(locks);
        return locks;
    }

    private Problem refusal(Operator operator, Optional<String> breaks) {
        return assertThrows(RefusedException.class, () -> operator.take(key, "run-refused", breaks))
                .problems()
                .getFirst();
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }
}
