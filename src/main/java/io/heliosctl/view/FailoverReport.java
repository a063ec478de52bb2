package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Histories;
import io.heliosctl.run.PartResult;
import io.heliosctl.run.Report;
import io.heliosctl.step.CatchUp;
import io.heliosctl.step.Fence;
import io.heliosctl.step.Promote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a report says of a primary that was lost: by what it was fenced, what loss was announced and what was
/// found, when clients could write again.
///
/// @param fenced how it is known that the old primary cannot write, by node; empty where nothing was fenced
/// @param caughtUp what the new primary was given before, in a few words; empty if it lacked nothing
/// @param loss what loss was announced, by this run or the failover before it, in a few words
/// @param histories who was found to have WAL that the new primary does not have
/// @param firstWrites when the first write through each pooler had ended, in milliseconds since the run was confirmed
record FailoverReport(
        Optional<String> fenced,
        Optional<String> caughtUp,
        Optional<String> loss,
        Histories histories,
        Map<String, Long> firstWrites) {

    FailoverReport {
        firstWrites = Collections.unmodifiableMap(new LinkedHashMap<>(firstWrites));
    }

    static FailoverReport of(Report report) {
        var fenced = made(report.results(Fence.class))
                .map(result -> "%s: %s".formatted(result.step().targetName(), result.remark()));
        var loss = made(report.results(Promote.class)
                        .filter(result -> ((Promote) result.step()).concession().isPresent()))
                .map(result -> Promote.tellsLoss(result.remark()) ? result.remark() : "as announced when the run began")
                .or(() -> report.announced().map(before -> "%s (said run %s)".formatted(before.loss(), before.run())));
        var caughtUp = report.results(CatchUp.class)
                .filter(result -> result.status() == PartResult.Status.CHANGED)
                .map(PartResult::remark)
                .filter(remark -> !remark.isEmpty())
                .reduce((first, last) -> last);
        return new FailoverReport(
                fenced, caughtUp, loss, report.histories(), fenced.isEmpty() ? Map.of() : report.firstWritesMillis());
    }

    /// A run that was gone on with has found much of it made; what came of it was told when it was.
    private static Optional<PartResult> made(Stream<PartResult> results) {
        return results.reduce((first, last) -> last.touched() || !first.touched() ? last : first);
    }

    List<String> lines() {
        if (fenced.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("Fenced: " + Printable.of(fenced.get()));
        caughtUp.ifPresent(what -> lines.add("Before the promotion: " + Printable.of(what)));
        loss.ifPresent(what -> lines.add("Loss: " + Printable.of(what)));
        histories.divergences().forEach(each -> lines.add("Found: " + each.sentence()));
        if (!firstWrites.isEmpty()) {
            var times = firstWrites.entrySet().stream()
                    .map(write -> "%s %s".formatted(write.getKey(), Amounts.millis(write.getValue())))
                    .collect(Collectors.joining(", "));
            lines.add("First write through every pooler: %s after it was confirmed (%s)"
                    .formatted(Amounts.millis(lastOfThem().orElseThrow()), times));
        }
        return lines.stream()
                .map(line -> line.endsWith(".") ? line : line + ".")
                .toList();
    }

    /// From then on clients can write through every pooler.
    private Optional<Long> lastOfThem() {
        return firstWrites.values().stream().max(Long::compare);
    }

    /// Added to the run's document where something was fenced.
    void json(Report report, Map<String, Object> document) {
        fenced.ifPresent(how -> {
            document.put("before", PlanJson.topology(report.plan().before()));
            document.put("after", report.after().map(PlanJson::topology).orElse(null));
            document.put("fenced", how);
            document.put("caught_up", caughtUp.orElse(null));
            document.put("loss", loss.orElse(null));
            document.put("found", HistoriesJson.divergences(histories));
            document.put("first_write_ms", lastOfThem().orElse(null));
            document.put("first_writes_ms", firstWrites);
        });
    }
}
