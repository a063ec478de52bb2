package io.heliosctl.run;

import io.heliosctl.model.Histories;
import io.heliosctl.model.Topology;
import io.heliosctl.step.KillPool;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.ResumePool;
import io.heliosctl.step.Step;
import io.heliosctl.step.WaitForWal;
import io.heliosctl.step.WriteProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// All there is to say about a run that has ended.
///
/// @param steps in the order made, those that took it back and those that verified it included
/// @param after the topology when it had ended; absent if it was refused
/// @param histories what the timelines tell of that topology, where that was asked
/// @param announced what an earlier failover said would be lost, where this run fences the primary of then
/// @param begunNanos monotonic clock when the run was confirmed
public record Report(
        RunId id,
        Plan plan,
        Outcome outcome,
        List<StepRecord> steps,
        Optional<Topology> after,
        Histories histories,
        Optional<Announced> announced,
        long begunNanos) {

    public Report {
        steps = List.copyOf(steps);
    }

    /// What was made of one verb, and did not fail, in order.
    public Stream<PartResult> results(Class<? extends Step> verb) {
        return steps.stream()
                .flatMap(step -> step.results().stream())
                .filter(result -> verb.isInstance(result.step()) && !result.failed());
    }

    /// When the first write through each pooler had ended, in milliseconds since the run was confirmed; in the
    /// order of the steps.
    public Map<String, Long> firstWritesMillis() {
        var writes = new LinkedHashMap<String, Long>();
        results(WriteProbe.class)
                .forEach(result -> result.endNanos()
                        .ifPresent(
                                end -> writes.putIfAbsent(result.step().targetName(), (end - begunNanos) / 1_000_000)));
        return writes;
    }

    /// For how long clients were held at a time, at most: from the PAUSE that was kept until the last RESUME
    /// was answered, or one PAUSE that was taken back because transactions were open; in milliseconds. Empty if
    /// nothing was paused, or nothing was resumed.
    public OptionalLong clientsWaitedMillis() {
        var paused = steps.stream()
                .filter(step -> made(step, PausePool.class) || made(step, KillPool.class))
                .mapToLong(step -> step.endNanos() - Math.min(step.endNanos() - step.startNanos(), attempt(step)))
                .min();
        var resumed = steps.stream()
                .filter(step -> made(step, ResumePool.class))
                .mapToLong(StepRecord::endNanos)
                .max();
        if (paused.isEmpty() || resumed.isEmpty()) {
            return OptionalLong.empty();
        }
        var waited = Math.max(resumed.getAsLong() - paused.getAsLong(), longestTakenBack());
        return OptionalLong.of(waited / 1_000_000);
    }

    /// A step that took longer than one attempt may have made several.
    private long longestTakenBack() {
        return steps.stream()
                .filter(step -> made(step, PausePool.class))
                .filter(step -> step.endNanos() - step.startNanos() > attempt(step))
                .mapToLong(Report::attempt)
                .max()
                .orElse(0);
    }

    private static long attempt(StepRecord record) {
        return record.results().stream()
                .map(PartResult::step)
                .filter(PausePool.class::isInstance)
                .mapToLong(step -> ((PausePool) step).limits().attempt().toNanos())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    /// The two positions that prove that nothing was lost; empty if they were never compared.
    public Optional<String> zeroLossProof() {
        return results(WaitForWal.class).map(PartResult::remark).reduce((first, last) -> last);
    }

    private static boolean made(StepRecord record, Class<?> verb) {
        return record.results().stream().anyMatch(result -> verb.isInstance(result.step()) && result.touched());
    }
}
