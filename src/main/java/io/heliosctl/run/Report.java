package io.heliosctl.run;

import io.heliosctl.model.Topology;
import io.heliosctl.step.KillPool;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.ResumePool;
import io.heliosctl.step.WaitForWal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// All there is to say about a run that has ended.
///
/// @param steps in the order made, those that took it back and those that verified it included
/// @param after the topology when it had ended; absent if it was refused
public record Report(RunId id, Plan plan, Outcome outcome, List<StepRecord> steps, Optional<Topology> after) {

    public Report {
        steps = List.copyOf(steps);
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
        return steps.stream()
                .flatMap(step -> step.results().stream())
                .filter(result -> result.step() instanceof WaitForWal && !result.failed())
                .map(PartResult::remark)
                .reduce((first, last) -> last);
    }

    private static boolean made(StepRecord record, Class<?> verb) {
        return record.results().stream().anyMatch(result -> verb.isInstance(result.step()) && result.touched());
    }
}
