package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.CaseTable;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.Halt;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.Marionette;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.WriteSampler;
import io.heliosctl.bed.Writers;
import io.heliosctl.cli.Puppet.Place;
import io.heliosctl.run.History;
import io.heliosctl.run.JournalReader;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is sent arrives and is done, and no answer comes back: whatever the run says then is true, at most one
/// server is writable at a time, and `resume` brings it to an end.
@OnHosts
class OneWayLossHostsTest {

    private static final int WRITERS = 4;
    private static final Duration HEALING = Duration.ofSeconds(3);

    /// Exit codes of a run that has ended, and the state it left.
    private static final List<Integer> ENDED = List.of(0, 5, 7);

    private static final int UNFINISHED = 6;

    private static Path state;
    private static Marionette operator;
    private static CaseTable table;

    private final HostsBed bed;

    OneWayLossHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path directory) {
        state = directory;
        table = CaseTable.begin("loss-cases.txt");
        Prepared.fresh(bed, state);
        operator = Marionette.start(state);
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    static List<Loss> losses() {
        return Loss.chosen(System.getProperty("loss.cases", "sample"));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void isSettledByLooking(Loss loss) {
        Checker.of(bed).primaryIs("pgdb1").holds();
        try (var sampler = WriteSampler.start(servers());
                var writers = Writers.start(bed, WRITERS)) {
            writers.awaitAcknowledgements(20, Duration.ofSeconds(30));
            var begun = System.nanoTime();
            int exit = switchover(loss);
            table.line("%s: exit %d after %d s".formatted(loss, exit, seconds(begun)));
            assertTrue(ENDED.contains(exit) || exit == UNFINISHED, () -> "exit " + exit + "\n" + operator.said());
            assertEquals(exit == UNFINISHED ? "unfinished" : exit == 5 ? "rolled_back" : "succeeded", outcome());
            if (exit != 0 && exit != 5) {
                int resumed = operator.calls(bed.inventory(), "resume", run(), "--yes");
                table.line("%s: resumed, exit %d".formatted(loss, resumed));
                assertTrue(ENDED.contains(resumed), () -> "exit " + resumed + "\n" + operator.said());
            }
            writers.awaitAcknowledgements(20, Duration.ofSeconds(60));
            var report = writers.stop();
            var primary = outcome().equals("rolled_back") ? "pgdb1" : "pgdb2";
            Checker.of(bed).primaryIs(primary).after(report).holds();
            var order = sampler.writableInOrder();
            table.line("%s: holds, %d s in all".formatted(loss, seconds(begun)));
            assertTrue(order.size() <= 2, () -> "writable were " + order + "\n" + operator.said());
        }
        moveBack();
    }

    private static long seconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    private int switchover(Loss loss) {
        operator.stopAt(new Halt(loss.step(), Place.AFTER_BEGIN));
        operator.types(bed.inventory(), "switchover", "--yes", "--to", "pgdb2");
        operator.awaitHere().ifPresent(exit -> {
            throw new AssertionError("it never came to step " + loss.step() + ": exit " + exit + operator.said());
        });
        try (var _ = Faults.speechless(bed.host(loss.host()), loss.bytes())) {
            operator.letGo();
            if (!loss.heals()) {
                return operator.awaitExit();
            }
            LockSupport.parkNanos(HEALING.toNanos());
        }
        return operator.awaitExit();
    }

    private void moveBack() {
        if (!bed.node("pgdb1").inRecovery()) {
            return;
        }
        int exit = operator.calls(bed.inventory(), "switchover", "--yes", "--to", "pgdb1");
        assertEquals(0, exit, () -> operator.said());
    }

    private java.util.Map<String, WriteSampler.Door> servers() {
        return bed.nodes().stream().collect(Collectors.toMap(BedNode::name, node -> () -> node.connect("postgres")));
    }

    private static String outcome() {
        History history = JournalReader.read(new RunDirectory(runs()), new RunId(run()));
        return history.outcome().orElse("none");
    }

    private static Path runs() {
        return state.resolve("heliosctl/runs");
    }

    private static String run() {
        try (var runs = java.nio.file.Files.list(runs())) {
            return runs.map(path -> path.getFileName().toString())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
