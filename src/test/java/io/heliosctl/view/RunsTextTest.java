package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.document.Json;
import io.heliosctl.model.Problem;
import io.heliosctl.run.Answer;
import io.heliosctl.run.History;
import io.heliosctl.run.JournalFlaw;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunStory;
import io.heliosctl.run.RunStory.Chapter;
import io.heliosctl.run.RunStory.Conclusion;
import io.heliosctl.run.RunStory.Session;
import io.heliosctl.run.Runs;
import io.heliosctl.run.Verification;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is shown of runs, on a terminal of 80 columns.
class RunsTextTest {

    private static final Style NARROW = new Style(false, 80);
    private static final Instant BEGIN = Instant.parse("2026-11-20T03:12:07Z");

    private static final RunStory OPEN = story("20261120T031207Z-main-7f3a", "unfinished", List.of());
    private static final RunStory DONE = story("20261119T031207Z-main-0001", "succeeded", List.of());
    private static final Runs.Unreadable NOTES = new Runs.Unreadable(
            "notes.txt", Problem.error("journal-unreadable", "could not").detail("It is not there."));

    @Test
    void theListSaysWhatToType() {
        assertEquals("""
                + Runs ----------------------+------------+---------------+-------+------------+
                | Run                        | Runbook    | By            | Took  | Outcome    |
                +----------------------------+------------+---------------+-------+------------+
                | 20261120T031207Z-main-7f3a | switchover | alice@bastion | 4.1 s | unfinished |
                | 20261119T031207Z-main-0001 | switchover | alice@bastion | 4.1 s | done       |
                +----------------------------+------------+---------------+-------+------------+
                Unfinished: heliosctl resume 20261120T031207Z-main-7f3a
                Not a run that can be read: notes.txt. It is not there.
                """, RunsText.list(new Runs(List.of(OPEN, DONE), List.of(NOTES)), NARROW));
        assertEquals("There are no runs.\n", RunsText.list(new Runs(List.of(), List.of()), NARROW));
    }

    @Test
    void aBrokenJournalPromisesNothing() {
        var broken = story("r", "succeeded", List.of(new JournalFlaw(3, JournalFlaw.Kind.MISSING)));
        var text = RunsText.list(new Runs(List.of(broken), List.of()), NARROW);
        assertTrue(text.contains("| ? journal broken |"), text);
        assertTrue(text.contains("Broken: heliosctl runs verify r\n"), text);
        assertTrue(StoryText.of(broken, NARROW).contains("Broken: line 3 follows a line that is missing."));
    }

    @Test
    void theStoryHasEverything() {
        assertEquals("""
                Run 20261120T031207Z-main-7f3a
                Runbook:        switchover on main
                Parameters:     drain=10s
                Cast:           old_primary=pgdb1 poolers=pgb1,pgb2
                Epoch:          12
                Runbook's hash: aa
                Inventory's:    bb

                2026-11-20 03:12:07 UTC begun by alice@bastion, process 4711, heliosctl 0.1.0
                Reason:         planned?
                Asked:          Go on?
                Answered:       "main", by alice
                03:12:08.000  3 FAIL Pause every pooler
                                      pgb1: changed, 12 ms; in 2 ms
                                      pgb2: failed, 12 ms
                error[command-failed]: it failed
                  detail: no luck
                    at?[31m all
                03:12:08.500 tried again
                03:12:09.000  3 ???  Take back: Pause every pooler
                                      pgb1: begun, and no word about how it ended
                03:12:11.100 outcome: unfinished
                error[interrupted]: stopped by Ctrl-C

                It stands: unfinished, after 4.1 s.
                Next: heliosctl resume 20261120T031207Z-main-7f3a
                Or:   heliosctl rollback 20261120T031207Z-main-7f3a
                """, StoryText.of(OPEN, NARROW));
    }

    @Test
    void theDocumentsArePromises() {
        assertEquals("""
                {"schema":"heliosctl.runs.v1","runs":[\
                {"run":"20261120T031207Z-main-7f3a","cluster":"main","runbook":"switchover",\
                "begun":"2026-11-20T03:12:07Z","user":"alice","host":"bastion","version":"0.1.0",\
                "reason":"planned\\u001B","took_ms":4100,"outcome":"unfinished","standing":"unfinished",\
                "next":"heliosctl resume 20261120T031207Z-main-7f3a","torn":false,"flaws":[]}],\
                "unreadable":[{"name":"notes.txt","problem":{"severity":"error","code":"journal-unreadable",\
                "message":"could not","detail":"It is not there.","hint":""}}]}""", Json.line(RunsJson.list(new Runs(List.of(OPEN), List.of(NOTES)))));
        var story = Json.line(RunsJson.story(OPEN));
        assertTrue(
                story.startsWith("{\"schema\":\"heliosctl.story.v1\",\"run\":\"20261120T031207Z-main-7f3a\","), story);
        assertTrue(story.contains("""
                {"step":3,"name":"Take back: Pause every pooler","undo":true,"target":"pgb1","status":null,\
                "begun":"2026-11-20T03:12:09Z","ms":null,"remark":"","problems":[]}"""), story);
    }

    @Test
    void aVerificationNamesFileAndLine() {
        var flaws = List.of(new JournalFlaw(4, JournalFlaw.Kind.CHANGED));
        var broken = new Verification(OPEN.id(), Path.of("/s/journal.jsonl"), 9, "ab", false, flaws, Optional.empty());
        var torn = new Verification(DONE.id(), Path.of("/t"), 9, "ab", true, List.of(), Optional.empty());

        assertEquals("""
                20261120T031207Z-main-7f3a: broken: line 4 was changed.
                  /s/journal.jsonl
                20261119T031207Z-main-0001: ok, 9 lines; one more was cut off while it was
                    written, and does not count.
                """, RunsText.verified(List.of(broken, torn), NARROW));
        assertEquals("""
                {"schema":"heliosctl.verify.v1","runs":[{"run":"20261120T031207Z-main-7f3a",\
                "file":"/s/journal.jsonl","ok":false,"lines":9,"head":"ab","torn":false,\
                "flaws":[{"line":4,"kind":"changed"}],"unreadable":null}]}""", Json.line(RunsJson.verified(List.of(broken))));
        assertFalse(broken.holds());
        assertTrue(torn.holds());
    }

    private static RunStory story(String id, String outcome, List<JournalFlaw> flaws) {
        var header = new History.Header(
                "switchover",
                "aa",
                "bb",
                "main",
                "alice",
                "0.1.0",
                "planned\u001b",
                12,
                BEGIN,
                Map.of("drain", "10s"),
                Map.of("old_primary", List.of("pgdb1")),
                Map.of("poolers", List.of("pgb1", "pgb2")));
        var problem = Problem.error("command-failed", "it failed").detail("no luck\nat\u001b[31m all");
        var entries = List.of(
                entry(false, "pgb1", Optional.of(Status.CHANGED), 1, "in 2 ms", List.of()),
                entry(false, "pgb2", Optional.of(Status.FAILED), 1, "", List.of(problem)),
                entry(true, "pgb1", Optional.empty(), 2, "", List.of()));
        var chapter = new Chapter(
                new Session(BEGIN, "run", "alice", "bastion", 4711, "0.1.0", "planned\u001b"),
                List.of(new Answer("Go on?", "main", "alice")),
                entries,
                List.of(new RunStory.Remark(BEGIN.plusMillis(1500), "tried again")),
                Optional.of(new Conclusion(
                        BEGIN.plusMillis(4100),
                        outcome,
                        outcome.equals("unfinished")
                                ? List.of(problem, Problem.error("interrupted", "stopped by Ctrl-C"))
                                : List.of())));
        var history = new History(new RunId(id), header, entries, Map.of(), Optional.of(outcome));
        return new RunStory(history, List.of(chapter), BEGIN.plusMillis(4100), false, flaws);
    }

    private static History.Entry entry(
            boolean undo, String target, Optional<Status> status, int second, String remark, List<Problem> problems) {
        return new History.Entry(
                3,
                undo ? "Take back: Pause every pooler" : "Pause every pooler",
                undo,
                target,
                status,
                BEGIN.plusSeconds(second),
                status.map(word -> 12L),
                remark,
                problems);
    }
}
