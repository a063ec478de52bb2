package io.heliosctl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.inventory.SelectionException;
import io.heliosctl.model.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The list of runs, whatever lies in their directory.
class RunsTest {

    private static final RunId OLDER = new RunId("20261119T031207Z-main-0001");

    @TempDir
    private Path temporary;

    private RunDirectory runs;

    @BeforeEach
    void place() {
        runs = Journals.directory(temporary);
    }

    @Test
    void whereNoRunWasMadeThereIsNone() {
        assertEquals(new Runs(List.of(), List.of()), Runs.of(runs));
    }

    @Test
    @Timeout(60)
    void whatIsBrokenOrForeignIsListedAsSuchAndBreaksNothing() throws Exception {
        Journals.switchover(runs, OLDER);
        Journals.switchover(runs, Journals.ID);
        Files.writeString(runs.path().resolve("notes.txt"), "ours");
        Files.createDirectory(runs.path().resolve("20261118T000000Z-main-0000"));
        Files.createSymbolicLink(runs.path().resolve("link"), Path.of("/nowhere"));
        for (var content :
                List.of("", "\n", "{", "null\n", "[1]\n", "{\"t\":1}\n", "\u0000\u0000\n", "{\"ev\":\"run\"}\n")) {
            var directory = Files.createTempDirectory(runs.path(), "foreign");
            Files.writeString(directory.resolve("journal.jsonl"), content);
        }
        var deep = Files.createDirectory(runs.path().resolve("deep"));
        Files.writeString(deep.resolve("journal.jsonl"), "[".repeat(100_000) + "\n");
        Files.createDirectories(runs.path().resolve("odd").resolve("journal.jsonl"));

        var pipe = Files.createDirectory(runs.path().resolve("pipe")).resolve("journal.jsonl");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        var all = Runs.of(runs);

        assertEquals(
                List.of(Journals.ID, OLDER),
                all.stories().stream().map(RunStory::id).toList());
        assertEquals(14, all.unreadable().size());
        assertTrue(all.unreadable().stream()
                .allMatch(other -> other.problem().code().equals("journal-unreadable")));
        assertEquals(3, Runs.ids(runs).size());
    }

    @Test
    void aChangedJournalIsListedWithItsFlaw() {
        Journals.switchover(runs, Journals.ID);
        var changed = Journals.bytes(runs);
        changed[changed.length / 2]++;
        Journals.write(runs, changed);

        var story = Runs.of(runs).stories().getFirst();

        assertEquals(1, story.flaws().size());
        assertEquals(JournalFlaw.Kind.CHANGED, story.flaws().getFirst().kind());
    }

    @Test
    void theBeginningOfAnIdIsEnoughWhereItIsTheOnlyOne() {
        Journals.create(runs, OLDER).close();
        Journals.create(runs).close();

        assertEquals(OLDER, Runs.find(runs, "20261119"));
        assertEquals(Journals.ID, Runs.find(runs, Journals.ID.value()));
        assertEquals(
                "20261120T031207Z-main-7f3a, 20261119T031207Z-main-0001.",
                wrong("202611", "which-run").detail());
        assertEquals(
                "Did you mean \"20261120T031207Z-main-7f3a\"?",
                wrong("20261120T031207Z-main-7f3b", "unknown-run").hint());
        assertEquals(
                "\"heliosctl runs\" lists those there are.",
                wrong("../../etc", "unknown-run").hint());
    }

    @Test
    void aRunStandsAsItsJournalAndItsProcessSay() {
        try (var journal = Journals.create(runs)) {
            assertEquals(RunStory.Standing.CUT_OFF, standing());
            journal.ended(new Outcome.Unfinished(List.of()));
            assertEquals(RunStory.Standing.UNFINISHED, standing());
            journal.ended(new Outcome.RolledBack(List.of()));
            assertEquals(RunStory.Standing.TAKEN_BACK, standing());
            journal.ended(new Outcome.Succeeded(List.of(Problem.error("x", "y"))));
            assertEquals(RunStory.Standing.OWED, standing());
            journal.ended(new Outcome.Succeeded(List.of()));
            assertEquals(RunStory.Standing.DONE, standing());
        }
    }

    /// What was closed by a later run stays closed: else no run could begin on the cluster ever again.
    @Test
    void aRunThatWasGivenUpIsNotUnfinished() {
        Journals.create(runs).close();
        assertTrue(UnfinishedRuns.problem(runs, "main", Optional.empty()).isPresent());

        UnfinishedRuns.abandon(runs, Journals.ID.value(), OLDER, Journals.header("gone"));

        assertEquals(RunStory.Standing.ABANDONED, standing());
        assertEquals(Optional.empty(), UnfinishedRuns.problem(runs, "main", Optional.empty()));
        assertTrue(Verification.of(runs, Journals.ID).holds());
    }

    @Test
    void ofAnOpenRunWithABrokenJournalItIsSaidThatNobodyCanGoOn() {
        Journals.create(runs).close();
        var changed = Journals.bytes(runs);
        changed[changed.length - 5]++;
        Journals.write(runs, changed);

        var problem = UnfinishedRuns.problem(runs, "main", Optional.empty()).orElseThrow();

        assertTrue(problem.hint().contains("heliosctl runs verify " + Journals.ID), problem.hint());
    }

    @Test
    void aRunWhoseProcessIsThereIsAtWork() {
        var here = new JournalHeader(Caller.here("0.1.0", ""), 12, Optional.empty(), Optional.empty());
        var header = here.run(Journals.runbook(), Journals.plan(), "");

        FileJournal.create(runs, Journals.ID, header, Clock.systemUTC()).close();
        assertEquals(RunStory.Standing.AT_WORK, standing());

        // A process that began later than the run is another one with the same number.
        FileJournal.create(runs, OLDER, header, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .close();
        assertEquals(RunStory.Standing.CUT_OFF, JournalReader.story(runs, OLDER).standing());
    }

    private RunStory.Standing standing() {
        return JournalReader.story(runs, Journals.ID).standing();
    }

    private Problem wrong(String typed, String code) {
        var problem = assertThrows(SelectionException.class, () -> Runs.find(runs, typed))
                .problems()
                .getFirst();
        assertEquals(code, problem.code());
        return problem;
    }
}
