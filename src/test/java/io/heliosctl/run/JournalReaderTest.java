package io.heliosctl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.runbook.PlannedStep;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was written is what is read: all of it, and nothing else.
class JournalReaderTest {

    @TempDir
    private Path temporary;

    private RunDirectory runs;

    @BeforeEach
    void place() {
        runs = Journals.directory(temporary);
    }

    @Test
    void everythingThatWasWrittenIsRead() {
        Journals.switchover(runs, Journals.ID);

        var history = JournalReader.read(runs, Journals.ID);

        assertEquals(Journals.ID, history.id());
        assertEquals(Optional.of("succeeded"), history.outcome());
        assertEquals(
                new History.Header(
                        "switchover",
                        Bytes.of(Journals.runbook().text()).sha256(),
                        "ab12",
                        "main",
                        "alice",
                        "0.1.0",
                        "planned",
                        12,
                        Journals.CLOCK.instant(),
                        Journals.plan().parameters(),
                        Map.of(
                                "old_primary", List.of("pgdb1"),
                                "new_primary", List.of("pgdb2"),
                                "standbys", List.of("pgdb3")),
                        Map.of("poolers", List.of("pgb1", "pgb2"))),
                history.header());
        var promote = history.entries().stream()
                .filter(entry -> entry.name().equals("Promote"))
                .toList();
        assertEquals(1, promote.size());
        assertEquals("pgdb2", promote.getFirst().target());
        assertEquals(Optional.of(Status.CHANGED), promote.getFirst().status());
        assertTrue(promote.getFirst().mayHaveHappened());
        assertEquals(
                List.of("main"),
                JournalReader.story(runs, Journals.ID).chapters().getFirst().answers().stream()
                        .map(Answer::answer)
                        .toList());
    }

    @Test
    void aStepThatWasBegunAndNotEndedMayHaveHappened() {
        try (var journal = Journals.create(runs)) {
            journal.begin(step(), step().parts(), false);
        }

        var entry = JournalReader.read(runs, Journals.ID).entries().getFirst();

        assertEquals(Optional.empty(), entry.status());
        assertTrue(entry.mayHaveHappened());
    }

    /// It was made before the crash; that nothing is left to do after it does not mean that nothing was done.
    @Test
    void whatAnEarlierSessionLeftInDoubtStaysInDoubt() {
        try (var journal = Journals.create(runs)) {
            journal.begin(step(), step().parts(), false);
        }
        try (var journal = Journals.reopen(runs)) {
            journal.end(record(Status.OK));
        }

        var entries = JournalReader.read(runs, Journals.ID).entries();

        assertEquals(
                List.of(Optional.empty(), Optional.of(Status.OK)),
                entries.stream().map(History.Entry::status).toList());
    }

    @Test
    void aRunThatIsGoneOnWithHasNoOutcomeYet() {
        try (var journal = Journals.create(runs)) {
            journal.ended(new Outcome.Unfinished(List.of(Problem.error("x", "y"))));
        }
        assertEquals(
                Optional.of("unfinished"), JournalReader.read(runs, Journals.ID).outcome());
        try (var journal = Journals.reopen(runs)) {
            assertEquals(Optional.empty(), JournalReader.read(runs, Journals.ID).outcome());
            journal.ended(new Outcome.Succeeded(List.of()));
        }

        var story = JournalReader.story(runs, Journals.ID);
        assertEquals(Optional.of("succeeded"), story.history().outcome());
        assertEquals(
                List.of("run unfinished", "resume succeeded"),
                story.chapters().stream()
                        .map(chapter -> chapter.session().command() + " "
                                + chapter.conclusion().orElseThrow().outcome())
                        .toList());
    }

    @Test
    void theUndoOfAStepIsNeverTakenForTheStep() {
        try (var journal = Journals.create(runs)) {
            journal.begin(step(), step().parts(), false);
            journal.end(record(Status.CHANGED));
            journal.undone(record(Status.OK));
        }

        assertEquals(
                List.of("CHANGED false", "OK true"),
                JournalReader.read(runs, Journals.ID).entries().stream()
                        .map(entry -> entry.status().orElseThrow() + " " + entry.takingBack())
                        .toList());
    }

    @Test
    void aThreadThatIsInterruptedStillWrites() {
        try (var journal = Journals.create(runs)) {
            Thread.currentThread().interrupt();
            journal.begin(step(), step().parts(), false);
            assertTrue(Thread.interrupted());
            journal.end(record(Status.CHANGED));
        }

        assertEquals(
                Optional.of(Status.CHANGED),
                JournalReader.read(runs, Journals.ID).entries().getFirst().status());
    }

    @Test
    void problemsAndKeptValuesComeBackAsTheyWere() {
        var problem = Problem.error("command-failed", "it failed")
                .detail("a\nb\u001b")
                .hint("Look.");
        var kept = Map.<String, Object>of("backup", Map.of("pgdb1", Map.of("rows", List.of(1L, 2.5, true, "x"))));
        try (var journal = Journals.create(runs)) {
            journal.begin(step(), step().parts(), false);
            var result = new PartResult(step().parts().getFirst(), Status.FAILED, List.of(problem), "");
            journal.end(new StepRecord(step(), List.of(result), 0, 5_000_000));
            journal.kept(step(), kept);
        }

        var history = JournalReader.read(runs, Journals.ID);

        assertEquals(List.of(problem), history.entries().getFirst().problems());
        assertEquals(Optional.of(5L), history.entries().getFirst().millis());
        assertEquals(kept, history.kept());
    }

    @Test
    void ofAnEndlessOutputTheBeginningAndTheEndAreKept() {
        var problem = Problem.error("command-failed", "it failed").detail("first" + "x".repeat(1_000_000) + "last");
        try (var journal = Journals.create(runs)) {
            journal.ended(new Outcome.Unfinished(List.of(problem)));
        }

        var kept = JournalReader.story(runs, Journals.ID)
                .chapters()
                .getFirst()
                .conclusion()
                .orElseThrow()
                .problems()
                .getFirst()
                .detail();

        assertTrue(kept.length() < 9_000 && kept.startsWith("first") && kept.endsWith("last"));
    }

    @Test
    void cutAtAnyByteItIsReadAndNeverClaimsMoreThanWasWritten() {
        Journals.switchover(runs, Journals.ID);
        var whole = Journals.bytes(runs);
        var entries = new HashSet<>(JournalReader.read(runs, Journals.ID).entries());
        var header = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = 0; length <= whole.length; length++) {
            var where = "cut at byte " + length;
            var file = JournalFile.of(Arrays.copyOf(whole, length));
            assertEquals(List.of(), file.flaws(), where);
            var story = new StoryTeller(Journals.ID, file).story();
            assertEquals(length >= header, story.isPresent(), where);
            if (story.isPresent()) {
                assertEquals(whole[length - 1] != '\n', story.get().torn(), where);
                var history = story.get().history();
                assertEquals(length == whole.length, history.outcome().isPresent(), where);
                for (var entry : history.entries()) {
                    assertTrue(entry.status().isEmpty() || entries.contains(entry), where);
                }
            }
        }
    }

    @Test
    void aTornLineMakesRoomForTheNextOneAndIsKeptInIt() {
        Journals.switchover(runs, Journals.ID);
        var whole = Journals.bytes(runs);
        Journals.write(runs, Arrays.copyOf(whole, whole.length - 10));

        Journals.reopen(runs).close();

        var story = JournalReader.story(runs, Journals.ID);
        assertEquals(List.of(), story.flaws());
        assertEquals(false, story.torn());
        assertEquals(Optional.empty(), story.history().outcome());
        var last =
                new String(Journals.bytes(runs), StandardCharsets.UTF_8).lines().reduce((a, b) -> b);
        assertTrue(last.orElseThrow().contains("\"torn\":\"{\\\"t\\\":\\\"2026-11-20T03:12:07Z"), last::toString);
    }

    @Test
    void aJournalThatIsNotAsWrittenIsNotActedOn() {
        Journals.switchover(runs, Journals.ID);
        var changed = Journals.bytes(runs);
        changed[changed.length / 2]++;
        Journals.write(runs, changed);

        for (var attempt : List.<Runnable>of(
                () -> JournalReader.read(runs, Journals.ID),
                () -> Journals.reopen(runs).close())) {
            var problem = assertThrows(ProblemException.class, attempt::run)
                    .problems()
                    .getFirst();
            assertEquals("journal-broken", problem.code());
            assertTrue(problem.detail().matches("(?s).*: line \\d+ was changed\\."), problem.detail());
        }
        assertEquals(changed.length, Journals.bytes(runs).length);
    }

    @Test
    void theJournalOfAnotherRunIsNotTaken() throws Exception {
        var other = new RunId("20261120T031208Z-main-0000");
        Journals.switchover(runs, Journals.ID);
        Journals.switchover(runs, other);
        Files.copy(runs.journal(Journals.ID), runs.journal(other), StandardCopyOption.REPLACE_EXISTING);

        var problem = assertThrows(ProblemException.class, () -> JournalReader.read(runs, other));
        assertEquals("journal-unreadable", problem.problems().getFirst().code());
    }

    private static PlannedStep step() {
        return Journals.plan().steps().getFirst();
    }

    private static StepRecord record(Status status) {
        var result = new PartResult(step().parts().getFirst(), status, List.of(), "");
        return new StepRecord(step(), List.of(result), 0, 1_000_000);
    }
}
