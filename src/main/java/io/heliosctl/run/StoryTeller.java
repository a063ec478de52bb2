package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.run.PartResult.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes of the lines of a journal what they mean together. A line that was never written to its end means
/// nothing.
final class StoryTeller {

    private final RunId id;
    private final JournalFile file;
    private final List<History.Entry> entries = new ArrayList<>();

    /// Where in `entries` those begun in this session are that have not ended.
    private final Map<Key, Integer> open = new HashMap<>();

    private final Map<String, Object> kept = new LinkedHashMap<>();
    private final List<Draft> drafts = new ArrayList<>();
    private Optional<String> outcome = Optional.empty();
    private Instant last = Instant.EPOCH;

    StoryTeller(RunId id, JournalFile file) {
        this.id = id;
        this.file = file;
    }

    /// A chapter that is being read.
    ///
    /// @param first where in `entries` it begins
    private record Draft(
            RunStory.Session session,
            int first,
            List<Answer> answers,
            List<RunStory.Remark> remarks,
            List<RunStory.Conclusion> conclusions) {}

    /// One step on one target, or its undo, which has the same number.
    private record Key(int step, boolean undo, String target) {}

    /// The story; empty if the file does not begin with the header of that run.
    Optional<RunStory> story() {
        var lines = lines().toList();
        if (lines.isEmpty()
                || lines.getFirst().number() != 1
                || !lines.getFirst().event().equals("run")
                || !lines.getFirst().text("id").equals(id.value())) {
            return Optional.empty();
        }
        lines.forEach(this::take);
        var history = new History(id, header(lines.getFirst()), entries, kept, outcome);
        return Optional.of(new RunStory(history, chapters(), last, file.torn().size() > 0, file.flaws()));
    }

    private List<RunStory.Chapter> chapters() {
        var chapters = new ArrayList<RunStory.Chapter>();
        for (int i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            var end = i + 1 < drafts.size() ? drafts.get(i + 1).first() : entries.size();
            chapters.add(new RunStory.Chapter(
                    draft.session(),
                    draft.answers(),
                    entries.subList(draft.first(), end),
                    draft.remarks(),
                    draft.conclusions().stream().reduce((earlier, later) -> later)));
        }
        return chapters;
    }

    private Stream<JournalLine> lines() {
        return IntStream.range(0, file.lines().size())
                .mapToObj(i -> JournalLine.parse(i + 1, file.lines().get(i)))
                .flatMap(Optional::stream);
    }

    private void take(JournalLine line) {
        last = line.time();
        switch (line.event()) {
            case "run" -> begun(line, "run");
            case "resumed" -> begun(line, line.text("command"));
            case "begin" -> begin(line);
            case "end" -> end(line);
            case "kept" -> kept.putAll(line.map("values"));
            case "answer" -> drafts.getLast().answers().add(answer(line.fields()));
            case "said" -> drafts.getLast().remarks().add(new RunStory.Remark(line.time(), line.text("text")));
            case "outcome" -> {
                outcome = Optional.of(line.text("outcome"));
                drafts.getLast()
                        .conclusions()
                        .add(new RunStory.Conclusion(line.time(), line.text("outcome"), problems(line)));
            }
            default -> {
                // What a later version adds is not for this one.
            }
        }
    }

    /// What an earlier session has begun and not ended stays in doubt, whatever this one finds: that nothing
    /// is left to do now does not mean that the earlier one did nothing.
    private void begun(JournalLine line, String command) {
        open.clear();
        outcome = Optional.empty();
        var answers = new ArrayList<Answer>();
        var confirmation = line.map("confirmation");
        if (!confirmation.isEmpty()) {
            answers.add(answer(confirmation));
        }
        drafts.add(new Draft(session(line, command), entries.size(), answers, new ArrayList<>(), new ArrayList<>()));
    }

    private void begin(JournalLine line) {
        for (var target : line.texts("targets")) {
            open.put(key(line, target), entries.size());
            entries.add(new History.Entry(
                    (int) line.number("step"),
                    line.text("name"),
                    line.isTrue("undo"),
                    target,
                    Optional.empty(),
                    line.time(),
                    Optional.empty(),
                    "",
                    List.of()));
        }
    }

    private void end(JournalLine line) {
        var status = status(line.text("status"));
        var millis = line.number("ms");
        // What needed nothing was not begun.
        var begun = status == Status.OK ? null : open.remove(key(line, line.text("target")));
        var entry = new History.Entry(
                (int) line.number("step"),
                line.text("name"),
                line.isTrue("undo"),
                line.text("target"),
                Optional.of(status),
                begun == null
                        ? line.time().minusMillis(millis)
                        : entries.get(begun).begun(),
                Optional.of(millis),
                line.text("remark"),
                problems(line));
        if (begun == null) {
            entries.add(entry);
        } else {
            entries.set(begun, entry);
        }
    }

    private static Key key(JournalLine line, String target) {
        return new Key((int) line.number("step"), line.isTrue("undo"), target);
    }

    /// A status of a later version is not known here, and that is what it counts as.
    private static Status status(String word) {
        return Stream.of(Status.values())
                .filter(status -> status.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Status.UNKNOWN);
    }

    private static Answer answer(Map<?, ?> fields) {
        return new Answer(
                JournalLine.text(fields, "question"),
                JournalLine.text(fields, "answer"),
                JournalLine.text(fields, "by"));
    }

    private static List<Problem> problems(JournalLine line) {
        return line.maps("problems").stream().map(StoryTeller::problem).toList();
    }

    private static Problem problem(Map<?, ?> fields) {
        var code = JournalLine.text(fields, "code");
        var message = JournalLine.text(fields, "message");
        var problem = JournalLine.text(fields, "severity").equals("warning")
                ? Problem.warning(code, message)
                : Problem.error(code, message);
        return problem.detail(JournalLine.text(fields, "detail")).hint(JournalLine.text(fields, "hint"));
    }

    private static RunStory.Session session(JournalLine line, String command) {
        return new RunStory.Session(
                line.time(),
                command,
                line.text("user"),
                line.text("host"),
                line.number("pid"),
                line.text("version"),
                line.text("reason"));
    }

    private static History.Header header(JournalLine line) {
        var parameters = new LinkedHashMap<String, String>();
        line.map("params").forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        return new History.Header(
                line.text("runbook"),
                line.text("runbook_sha256"),
                line.text("inventory_sha256"),
                line.text("cluster"),
                line.text("user"),
                line.text("version"),
                line.text("reason"),
                line.number("epoch"),
                line.time(),
                parameters,
                line.lists("nodes"),
                line.lists("poolers"));
    }
}
