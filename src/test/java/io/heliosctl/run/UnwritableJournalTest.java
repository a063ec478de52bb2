package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PGB1;
import static io.heliosctl.run.Clusters.PGB2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.step.Check;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fails at any moment of a switchover: nothing is changed that is not written down, except what
/// lets the clients in and what takes a step back.
class UnwritableJournalTest {

    @TempDir
    private Path directory;

    private int files;

    @Test
    void aDiskThatIsFullFromSomeLineOnLeavesNobodyWaiting() throws IOException {
        int writes = attempt(UnwritableJournalTest::never, UnwritableJournalTest::never)
                .channel()
                .writes();
        for (int i = 0; i <= writes; i++) {
            int first = i;
            var attempt = attempt(call -> call >= first, UnwritableJournalTest::never);
            attempt.assertSafe("full from write " + i);
        }
    }

    @Test
    void aDiskThatFailsOnceLeavesAJournalThatIsWhole() throws IOException {
        int writes = attempt(UnwritableJournalTest::never, UnwritableJournalTest::never)
                .channel()
                .writes();
        for (int i = 0; i < writes; i++) {
            int only = i;
            var attempt = attempt(call -> call == only, UnwritableJournalTest::never);
            attempt.assertSafe("failed in write " + i);
            assertTrue(attempt.journal().torn().size() == 0);
        }
    }

    @Test
    void aDiskThatLosesWhatWasWrittenIsNotTrustedAgain() throws IOException {
        int forces = attempt(UnwritableJournalTest::never, UnwritableJournalTest::never)
                .channel()
                .forces();
        for (int i = 0; i < forces; i++) {
            int only = i;
            var attempt = attempt(UnwritableJournalTest::never, call -> call == only);
            attempt.assertSafe("lost in force " + i);
            assertTrue(attempt.channel().forces() <= i + 1, "asked again after force " + i);
        }
    }

    /// Full right after the promotion was written down: the clients are in, the rest is owed, and what only
    /// looks has looked.
    @Test
    void afterThePromotionTheRestIsOwed() throws IOException {
        var whole = attempt(UnwritableJournalTest::never, UnwritableJournalTest::never)
                .journal();
        int line = 0;
        while (!whole.lines().get(line).text().contains("\"verb\":\"promote\"")) {
            line++;
        }
        int promoted = line;
        var attempt = attempt(call -> call > promoted, UnwritableJournalTest::never);

        attempt.assertSafe("after the promotion");
        assertInstanceOf(NodeState.Primary.class, attempt.cluster().observe(PG2));
        var owed = assertInstanceOf(Outcome.Succeeded.class, attempt.outcome()).owed();
        // The steps that make the others follow could not be journalled, and so were not made.
        assertEquals(
                List.of("journal-unwritable", "not-streaming"),
                owed.stream().map(Problem::code).distinct().toList());
    }

    @Test
    void withNoRoomForTheFirstStepNothingIsChanged() throws IOException {
        var attempt = attempt(call -> true, UnwritableJournalTest::never);
        assertEquals(List.of(), attempt.made());
        assertEquals("rolled_back", attempt.outcome().word());
        assertEquals(
                "journal-unwritable", attempt.outcome().problems().getFirst().code());
    }

    /// @param made steps that changed something, as `step name`, but for those that may go without a journal
    private record Attempt(
            Rehearsal cluster, Outcome outcome, FaultyChannel channel, JournalFile journal, List<String> made) {

        void assertSafe(String when) {
            assertFalse(cluster.isPaused(PGB1) || cluster.isPaused(PGB2), when);
            var primaries = Stream.of(PG1, PG2)
                    .filter(node -> cluster.observe(node) instanceof NodeState.Primary)
                    .toList();
            assertEquals(1, primaries.size(), when);
            assertEquals(List.of(), journal.flaws(), when);
            var begun = begun();
            assertTrue(begun.containsAll(made), () -> when + ": " + made + " but in the journal " + begun);
        }

        private List<String> begun() {
            return IntStream.range(0, journal.lines().size())
                    .mapToObj(i ->
                            JournalLine.parse(i + 1, journal.lines().get(i)).orElseThrow())
                    .filter(line -> line.event().equals("begin"))
                    .map(line -> line.number("step") + " " + line.text("name"))
                    .collect(Collectors.toList());
        }
    }

    private static boolean never(int call) {
        return false;
    }

    private Attempt attempt(IntPredicate failsWrite, IntPredicate failsForce) throws IOException {
        var file = directory.resolve(files++ + ".jsonl");
        var cluster = Rehearsal.of(Clusters.healthy());
        var disk = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var channel = new FaultyChannel(disk, failsWrite, failsForce);
        try (var journal = FileJournal.on(channel, Journals.CLOCK)) {
            var executor = new Executor(cluster, journal, new Silence(), new Interruption());
            var outcome = executor.run(Journals.plan());
            var made = executor.records().stream()
                    .filter(record -> StepRunner.started(record))
                    .map(StepRecord::step)
                    .filter(step -> !(step.parts().getFirst() instanceof Check))
                    .filter(step -> !step.name().startsWith("Take back: ")
                            && !step.parts().getFirst().verb().equals("resume_pool"))
                    .map(step -> step.number() + " " + step.name())
                    .toList();
            return new Attempt(cluster, outcome, channel, JournalFile.of(Files.readAllBytes(file)), made);
        }
    }
}
