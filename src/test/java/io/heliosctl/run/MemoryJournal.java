package io.heliosctl.run;

import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A journal in memory, which tells its history as the one on disk does.
public final class MemoryJournal implements Journal {

    private final List<History.Entry> entries = new ArrayList<>();
    private final Map<String, Integer> open = new LinkedHashMap<>();
    private final Map<String, Object> kept = new LinkedHashMap<>();
    private Optional<String> outcome = Optional.empty();
    private boolean dead;

    /// The process has died: nothing more is written.
    public synchronized void die() {
        dead = true;
    }

    /// Another process goes on with it. What was begun and has not ended stays in doubt.
    public synchronized MemoryJournal reopen() {
        dead = false;
        open.clear();
        outcome = Optional.empty();
        return this;
    }

    public synchronized History history() {
        return new History(new RunId("20261120T031207Z-main-7f3a"), HEADER, entries, kept, outcome);
    }

    private static final History.Header HEADER = new History.Header(
            "switchover", "", "", "main", "alice", "0", "", 1, Instant.EPOCH, Map.of(), Map.of(), Map.of());

    @Override
    public synchronized void begin(PlannedStep step, List<Step> parts, boolean takingBack) {
        if (dead) {
            return;
        }
        for (var part : parts) {
            open.put(key(step, part), entries.size());
            entries.add(entry(step, takingBack, part.targetName(), Optional.empty()));
        }
    }

    @Override
    public synchronized void end(StepRecord record) {
        if (dead) {
            return;
        }
        for (var result : record.results()) {
            var begun = result.status() == PartResult.Status.OK ? null : open.remove(key(record.step(), result.step()));
            var back = begun == null
                    ? record.step().name().startsWith("Take back: ")
                    : entries.get(begun).takingBack();
            var entry = new History.Entry(
                    record.step().number(),
                    record.step().name(),
                    back,
                    result.step().targetName(),
                    Optional.of(result.status()),
                    begun == null ? Instant.now() : entries.get(begun).begun(),
                    Optional.of(record.millis()),
                    result.remark(),
                    result.problems());
            if (begun == null) {
                entries.add(entry);
            } else {
                entries.set(begun, entry);
            }
        }
    }

    @Override
    public synchronized void kept(PlannedStep step, Map<String, Object> values) {
        if (!dead) {
            kept.putAll(values);
        }
    }

    @Override
    public synchronized void noted(String name, Object value) {
        if (!dead) {
            kept.put(name, value);
        }
    }

    @Override
    public synchronized void ended(Outcome ending) {
        if (!dead) {
            outcome = Optional.of(ending.word());
        }
    }

    private static String key(PlannedStep step, Step part) {
        return step.number() + " " + step.name() + " " + part.targetName();
    }

    private static History.Entry entry(
            PlannedStep step, boolean takingBack, String target, Optional<PartResult.Status> status) {
        return new History.Entry(
                step.number(), step.name(), takingBack, target, status, Instant.now(), Optional.empty(), "", List.of());
    }
}
