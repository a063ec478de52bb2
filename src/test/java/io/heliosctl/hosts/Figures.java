package io.heliosctl.hosts;

import io.heliosctl.bed.WriterLog;
import io.heliosctl.bed.WriterReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What one failover under load has cost.
///
/// @param announced what it said would be lost
/// @param lost how many acknowledged rows are not there any more
/// @param acknowledged how many rows there were
/// @param served milliseconds from the answer to the first row a client has written since, by pooler
/// @param moved milliseconds that promotion and new routing took
record Figures(String announced, long lost, long acknowledged, Map<String, Long> served, long moved) {

    static Figures of(Failover failover, WriterReport report, long lost) {
        var served = new TreeMap<String, Long>();
        for (WriterLog writer : report.writers()) {
            var millis = (writer.servedAgain() - failover.answered()) / 1_000_000;
            if (millis > 0) {
                served.merge(writer.pooler(), millis, Math::min);
            }
        }
        var moved = failover.step("Promote").orElse(0)
                + failover.step("Render pgbouncer.ini on every pooler and SIGHUP it")
                        .orElse(0)
                + failover.step("Let the clients in").orElse(0);
        return new Figures(failover.announced(), lost, report.acknowledged(), served, moved);
    }

    /// All of them in a few lines.
    static String sum(String title, List<Figures> all) {
        var poolers =
                all.stream().flatMap(one -> one.served().keySet().stream()).collect(Collectors.toSet());
        var text = new StringBuilder("%s: %d runs, %d rows lost of %d, most in one run %d; announced %s%n"
                .formatted(
                        title,
                        all.size(),
                        all.stream().mapToLong(Figures::lost).sum(),
                        all.stream().mapToLong(Figures::acknowledged).sum(),
                        all.stream().mapToLong(Figures::lost).max().orElse(0),
                        all.stream().map(Figures::announced).distinct().toList()));
        poolers.forEach(pooler -> text.append(spread(
                "first write through " + pooler,
                all,
                one -> one.served().containsKey(pooler) ? List.of(one.served().get(pooler)) : List.of())));
        return text.append(spread("promotion, routing, RESUME", all, one -> List.of(one.moved())))
                .toString();
    }

    private static String spread(String what, List<Figures> all, Function<Figures, List<Long>> number) {
        var sorted =
                all.stream().map(number).flatMap(Collection::stream).sorted().toList();
        return sorted.isEmpty()
                ? ""
                : "  %s: median %d ms, at most %d ms (%d)%n"
                        .formatted(what, sorted.get(sorted.size() / 2), sorted.getLast(), sorted.size());
    }
}
