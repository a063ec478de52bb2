package io.heliosctl.run;

import io.heliosctl.document.Json;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One JSON line per event in `runs/ID/journal.jsonl`, 0600, forced to disk before a step is made.
public final class FileJournal implements Journal, AutoCloseable {

    private final Path file;
    private final Clock clock;
    private final FileChannel channel;

    private FileJournal(Path file, FileChannel channel, Clock clock) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
    }

    /// Makes the run's directory and writes the header.
    ///
    /// @throws ProblemException if either cannot be written; nothing may be changed then
    public static FileJournal create(RunDirectory runs, RunId id, Map<String, Object> header, Clock clock) {
        var file = runs.of(id).resolve("journal.jsonl");
        try {
            runs.create(id);
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var journal = new FileJournal(file, FileChannel.open(file, options, mode), clock);
            var line = new LinkedHashMap<String, Object>();
            line.put("id", id.value());
            line.putAll(header);
            journal.append("run", line);
            journal.force();
            try (var directory = FileChannel.open(file.getParent())) {
                directory.force(true);
            }
            return journal;
        } catch (IOException e) {
            throw unwritable(file, e);
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
            force();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void end(StepRecord record) {
        for (var result : record.results()) {
            var line = new LinkedHashMap<String, Object>();
            line.put("step", record.step().number());
            line.put("name", record.step().name());
            line.put("target", result.step().targetName());
            line.put("status", result.status().word());
            line.put("ms", record.millis());
            line.put("remark", result.remark());
            line.put(
                    "problems",
                    result.problems().stream().map(FileJournal::problem).toList());
            tryAppend("end", line);
        }
    }

    @Override
    public void ended(Outcome outcome) {
        tryAppend("outcome", Map.of("outcome", outcome.word()));
        try {
            force();
        } catch (IOException e) {
            // The run is over and its outcome is shown; `resume` will look at the cluster again.
            return;
        }
    }

    @Override
    public void kept(PlannedStep step, Map<String, Object> values) {
        tryAppend("kept", Map.of("step", step.number(), "values", values));
    }

    @Override
    public void said(String text) {
        try {
            append("said", Map.of("text", text));
            force();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static Map<String, Object> problem(Problem problem) {
        return Map.of("code", problem.code(), "message", problem.message(), "detail", problem.detail());
    }

    private void tryAppend(String event, Map<String, Object> fields) {
        try {
            append(event, fields);
        } catch (IOException e) {
            // What is not written here is found again by looking at the cluster: never a reason to stop half-way.
            return;
        }
    }

    private synchronized void append(String event, Map<String, Object> fields) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("t", clock.instant().toString());
        line.put("ev", event);
        line.putAll(fields);
        var bytes = ByteBuffer.wrap((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void force() throws IOException {
        channel.force(false);
    }

    private static ProblemException unwritable(Path file, IOException e) {
        return new ProblemException(
                Problem.error("journal-unwritable", "could not write the journal " + file)
                        .detail(e.getClass().getSimpleName() + ": " + e.getMessage() + ".")
                        .hint("A step that is not journalled is not made. Make room on the disk, then try again."),
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Everything that matters was forced to disk before.
            return;
        }
    }
}
