package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One JSON line per event in `runs/ID/journal.jsonl`, 0600, forced to disk before a step is made, each tied
/// to the one before by [JournalChain].
public final class FileJournal implements Journal, AutoCloseable {

    private final Path file;
    private final Clock clock;
    private final JournalPen pen;

    private FileJournal(Path file, JournalPen pen, Clock clock) {
        this.file = file;
        this.pen = pen;
        this.clock = clock;
    }

    /// Makes the run's directory and writes the header.
    ///
    /// @throws ProblemException if either cannot be written, or others could write there; nothing may be
    ///     changed then
    public static FileJournal create(RunDirectory runs, RunId id, Map<String, Object> header, Clock clock) {
        var file = runs.journal(id);
        try {
            runs.create(id);
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var journal = new FileJournal(file, JournalPen.atStart(FileChannel.open(file, options, mode)), clock);
            var line = new LinkedHashMap<String, Object>();
            line.put("id", id.value());
            line.putAll(header);
            journal.opened("run", line);
            try (var directory = FileChannel.open(file.getParent())) {
                directory.force(true);
            }
            return journal;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// Goes on with the journal of a run that was cut off or left unfinished. What is there is verified first
    /// and stays; only a last line whose writing was cut off, and which therefore never counted, makes room:
    /// its text is kept in the line that is written now, so that every line of the file stays readable and in
    /// the chain.
    ///
    /// @param header who goes on, with which command: see [JournalHeader]
    /// @throws ProblemException `journal-broken` if the chain does not hold, or as for `create`
    public static FileJournal reopen(RunDirectory runs, RunId id, Map<String, Object> header, Clock clock) {
        var file = runs.journal(id);
        JournalReader.read(runs, id);
        try {
            var written = JournalFile.read(file);
            var options = Set.<OpenOption>of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            var journal = new FileJournal(file, JournalPen.after(FileChannel.open(file, options), written), clock);
            var line = new LinkedHashMap<>(header);
            if (written.torn().size() > 0) {
                line.put("torn", written.torn().text());
            }
            journal.opened("resumed", line);
            return journal;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// As if it were on a disk of its own, for tests of what cannot be written.
    static FileJournal on(FileChannel channel, Clock clock) {
        return new FileJournal(Path.of("journal.jsonl"), JournalPen.atStart(channel), clock);
    }

    private void opened(String event, Map<String, Object> line) throws IOException {
        try {
            append(event, line);
            pen.force();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void begin(PlannedStep step, List<Step> parts, boolean takingBack) {
        var line = new LinkedHashMap<String, Object>();
        line.put("step", step.number());
        line.put("name", step.name());
        if (takingBack) {
            line.put("undo", true);
        }
        line.put("verb", parts.getFirst().verb());
        line.put("targets", parts.stream().map(Step::targetName).toList());
        try {
            append("begin", line);
            pen.force();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void end(StepRecord record) {
        end(record, false);
    }

    @Override
    public void undone(StepRecord record) {
        end(record, true);
    }

    private void end(StepRecord record, boolean takingBack) {
        for (var result : record.results()) {
            var line = new LinkedHashMap<String, Object>();
            line.put("step", record.step().number());
            line.put("name", record.step().name());
            if (takingBack) {
                line.put("undo", true);
            }
            line.put("target", result.step().targetName());
            line.put("status", result.status().word());
            line.put("ms", record.millis());
            line.put("remark", result.remark());
            line.put("problems", JournalProblems.of(result.problems()));
            tryAppend("end", line);
        }
    }

    @Override
    public void ended(Outcome outcome) {
        var line = new LinkedHashMap<String, Object>();
        line.put("outcome", outcome.word());
        line.put("problems", JournalProblems.of(outcome.problems()));
        tryAppend("outcome", line);
        try {
            pen.force();
        } catch (IOException e) {
            // The run is over and its outcome is shown; `resume` will look at the cluster again.
            return;
        }
    }

    /// The last word of a run whose locks another one has broken.
    public void abandoned(RunId by) {
        var line = new LinkedHashMap<String, Object>();
        line.put("outcome", Endings.ABANDONED);
        line.put("by", by.value());
        tryAppend("outcome", line);
    }

    @Override
    public void kept(PlannedStep step, Map<String, Object> values) {
        var line = new LinkedHashMap<String, Object>();
        line.put("step", step.number());
        line.put("values", values);
        tryAppend("kept", line);
    }

    @Override
    public void noted(String name, Object value) {
        try {
            append("kept", Map.of("values", Map.of(name, value)));
            pen.force();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void said(String text) {
        try {
            append("said", Map.of("text", text));
            pen.force();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void answered(Answer answer) {
        tryAppend("answer", answer.fields());
    }

    private void tryAppend(String event, Map<String, Object> fields) {
        try {
            append(event, fields);
        } catch (IOException e) {
            // What is not written here is found again by looking at the cluster: never a reason to stop
            // half-way.
            return;
        }
    }

    private void append(String event, Map<String, Object> fields) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("t", clock.instant().toString());
        line.put("ev", event);
        line.putAll(fields);
        pen.append(line);
    }

    static ProblemException unwritable(Path file, IOException e) {
        return new ProblemException(
                Problem.error("journal-unwritable", "could not write the journal " + file)
                        .detail(e.getClass().getSimpleName() + ": " + e.getMessage() + ".")
                        .hint("A step that is not journalled is not made. Make room on the disk, then try again."),
                e);
    }

    @Override
    public void close() {
        try {
            pen.close();
        } catch (IOException e) {
            // Everything that matters was forced to disk before.
            return;
        }
    }
}
