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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final int DONE = 0;
    private static final int ROLLED_BACK = 5;
    private static final int UNFINISHED = 6;
    private static final int OWED = 7;

    /// What the journal's last word must be for an exit code to be true.
    private static final Map<Integer, String> OUTCOMES =
            Map.of(DONE, "succeeded", ROLLED_BACK, "rolled_back", UNFINISHED, "unfinished", OWED, "succeeded");

    private static Path states;
    private static Path state;
    private static Marionette operator;
    private static CaseTable table;
    private static boolean healthy;

    private final HostsBed bed;

    OneWayLossHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @BeforeAll
    static void begin(@TempDir Path directory) {
        states = directory;
        table = CaseTable.begin("loss-cases.txt");
    }

    @AfterAll
    static void end() {
        if (operator != null) {
            operator.close();
        }
    }

    /// The run that could not let go its lock on a host that did not answer until the run had ended. The next
    /// one is refused for that, with the words to type: then it is known to have ended, so they are typed.
    private static Optional<String> left = Optional.empty();

    /// A fresh bed, and an operator who has never seen it, unless the case before has left it as it was.
    private void prepare() throws IOException {
        if (!healthy) {
            end();
            state = Files.createTempDirectory(states, "state");
            Prepared.fresh(bed, state);
            left = Optional.empty();
            operator = Marionette.start(state);
        }
        healthy = false;
    }

    static List<Loss> losses() {
        return Loss.chosen(System.getProperty("loss.cases", "sample"));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void isSettledByLooking(Loss loss) throws IOException {
        prepare();
        Checker.of(bed).primaryIs("pgdb1").holds();
        int exit;
        try (var sampler = WriteSampler.start(servers());
                var writers = Writers.start(bed, WRITERS)) {
            writers.awaitAcknowledgements(20, Duration.ofSeconds(30));
            var begun = System.nanoTime();
            exit = ended(loss);
            writers.awaitAcknowledgements(20, Duration.ofSeconds(60));
            var report = writers.stop();
            var order = sampler.writableInOrder();
            assertTrue(order.size() <= 2, () -> "writable were " + order + "\n" + operator.said());
            var primary = exit == ROLLED_BACK ? "pgdb1" : "pgdb2";
            var checker = Checker.of(bed).primaryIs(primary).after(report);
            (exit == OWED ? checker.without(loss.host()) : checker).holds();
            table.line("%s: holds, %d s in all".formatted(loss, seconds(begun)));
        }
        if (exit == DONE) {
            assertEquals(DONE, operator.calls(bed.inventory(), "switchover", "--yes", "--to", "pgdb1"));
        }
        healthy = exit != OWED;
    }

    /// Runs it, and resumes it if it has not come to an end.
    ///
    /// @return the exit code of the last call
    private int ended(Loss loss) {
        int exit = switchover(loss);
        table.line("%s: exit %d".formatted(loss, exit));
        assertTrue(OUTCOMES.containsKey(exit), () -> "exit " + exit + "\n" + operator.said());
        assertEquals(OUTCOMES.get(exit), outcome(), () -> operator.said());
        if (exit != UNFINISHED) {
            return exit;
        }
        int resumed = operator.calls(bed.inventory(), "resume", run(), "--yes");
        table.line("%s: resumed, exit %d".formatted(loss, resumed));
        assertTrue(
                resumed != UNFINISHED && OUTCOMES.containsKey(resumed),
                () -> "exit " + resumed + "\n" + operator.said());
        assertEquals(OUTCOMES.get(resumed), outcome(), () -> operator.said());
        return resumed;
    }

    private static long seconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    private int switchover(Loss loss) {
        operator.stopAt(new Halt(loss.step(), Place.AFTER_BEGIN));
        operator.types(
                bed.inventory(),
                Stream.concat(
                                Stream.of("switchover", "--yes", "--to", "pgdb2"),
                                left.stream().flatMap(run -> Stream.of("--break-lock", run)))
                        .toArray(String[]::new));
        operator.awaitHere().ifPresent(exit -> {
            throw new AssertionError("it never came to step " + loss.step() + ": exit " + exit + operator.said());
        });
        try (var _ = Faults.speechless(bed.host(loss.host()), loss.bytes())) {
            operator.letGo();
            left = Optional.empty();
            if (!loss.heals()) {
                var exit = operator.awaitExit();
                left = Optional.of(run());
                return exit;
            }
            LockSupport.parkNanos(HEALING.toNanos());
        }
        return operator.awaitExit();
    }

    private Map<String, WriteSampler.Door> servers() {
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
        try (var runs = Files.list(runs())) {
            return runs.map(path -> path.getFileName().toString())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
