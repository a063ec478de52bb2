package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.run.PartResult;
import io.heliosctl.run.Report;
import io.heliosctl.run.StepRecord;
import io.heliosctl.step.CatchUp;
import io.heliosctl.step.Fence;
import io.heliosctl.step.Promote;
import io.heliosctl.step.WriteProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a report says of a primary that was lost: by what it was fenced, what was lost, when clients could
/// write again.
///
/// @param fenced how it is known that the old primary cannot write, by node; empty where nothing was fenced
/// @param caughtUp what the new primary was given before, in a few words; empty if it lacked nothing
/// @param loss what is lost, in a few words
/// @param firstWriteMillis from the first step to the end of the first write through every pooler
record FailoverReport(
        Optional<String> fenced, Optional<String> caughtUp, Optional<String> loss, Optional<Long> firstWriteMillis) {

    static FailoverReport of(Report report) {
        var fenced = results(report, Fence.class)
                .map(result -> "%s: %s".formatted(result.step().targetName(), result.remark()))
                .reduce((first, last) -> last);
        var loss = results(report, Promote.class)
                .filter(result -> ((Promote) result.step()).concession().isPresent())
                .map(PartResult::remark)
                .filter(remark -> !remark.isEmpty())
                .reduce((first, last) -> last);
        var caughtUp = results(report, CatchUp.class)
                .filter(result -> result.status() == PartResult.Status.CHANGED)
                .map(PartResult::remark)
                .filter(remark -> !remark.isEmpty())
                .reduce((first, last) -> last);
        return new FailoverReport(fenced, caughtUp, loss, fenced.isEmpty() ? Optional.empty() : firstWrite(report));
    }

    private static Stream<PartResult> results(Report report, Class<?> verb) {
        return report.steps().stream()
                .flatMap(step -> step.results().stream())
                .filter(result -> verb.isInstance(result.step()) && !result.failed());
    }

    private static Optional<Long> firstWrite(Report report) {
        var begin = report.steps().stream().mapToLong(StepRecord::startNanos).min();
        return report.steps().stream()
                .filter(step -> step.results().stream()
                        .anyMatch(result -> result.step() instanceof WriteProbe && !result.failed()))
                .map(step -> (step.endNanos() - begin.orElseThrow()) / 1_000_000)
                .findFirst();
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        fenced.ifPresent(how -> lines.add("Fenced: " + Printable.of(how)));
        caughtUp.ifPresent(what -> lines.add("Before the promotion: " + Printable.of(what)));
        loss.ifPresent(what -> lines.add("Loss: " + Printable.of(what)));
        firstWriteMillis.ifPresent(millis -> lines.add(
                "First write through every pooler: %s after the first step began.".formatted(Amounts.millis(millis))));
        return lines.stream()
                .map(line -> line.endsWith(".") ? line : line + ".")
                .toList();
    }

    /// Added to the run's document where something was fenced.
    void json(Map<String, Object> document) {
        fenced.ifPresent(how -> {
            document.put("fenced", how);
            document.put("caught_up", caughtUp.orElse(null));
            document.put("loss", loss.orElse(null));
            document.put("first_write_ms", firstWriteMillis.orElse(null));
        });
    }
}
