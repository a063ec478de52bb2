package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.health.CheckMemory;
import io.heliosctl.health.CheckReport;
import io.heliosctl.health.CheckResult;
import io.heliosctl.health.Measure;
import io.heliosctl.health.Metric;
import io.heliosctl.health.ServiceState;
import io.heliosctl.health.Thresholds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One line that monitoring systems can read, whatever servers say.
class CheckTextTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static CheckReport report(CheckMemory before, CheckResult... results) {
        var all = List.of(results);
        return new CheckReport("main", all, Thresholds.standard(2), before, before.after(all, Optional.empty(), NOW));
    }

    @Test
    void allIsWell() {
        var report = report(
                CheckMemory.none(),
                new CheckResult("primary", ServiceState.OK, "primary pgdb1", List.of()),
                new CheckResult(
                        "lag",
                        ServiceState.OK,
                        "no standby is far behind",
                        List.of(
                                new Measure(Metric.LAG, "pgdb2", 120),
                                new Measure(Metric.LAG_SECONDS, "pgdb2", 0.25))));

        var line = CheckText.line(List.of(report), NOW);

        assertEquals(
                "HELIOSCTL OK - main: primary pgdb1, no standby is far behind"
                        + " | pgdb2_lag=120B;16777216;268435456;0 pgdb2_lag_seconds=0.25s;30;300;0",
                line);
        PerformanceData.require(line);
    }

    @Test
    void theWorstComesFirst() {
        var before = report(
                        CheckMemory.none(),
                        new CheckResult("lag", ServiceState.OK, "", List.of()),
                        new CheckResult("poolers", ServiceState.OK, "", List.of()))
                .after();
        var report = report(
                before,
                new CheckResult("lag", ServiceState.WARNING, "pgdb2 is 20 MB behind", List.of()),
                new CheckResult("poolers", ServiceState.CRITICAL, "pooler pgb1 is paused", List.of()));

        assertEquals(
                "HELIOSCTL CRITICAL - main: pooler pgb1 is paused; pgdb2 is 20 MB behind (was OK for 0 ms)",
                CheckText.line(List.of(report), NOW));
    }

    @Test
    void hostileWordsStayOnOneHarmlessLine() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var words = new StringBuilder();
            random.ints(30, 0, 300).forEach(words::appendCodePoint);
            var result = new CheckResult(
                    "slots",
                    ServiceState.WARNING,
                    words.toString(),
                    List.of(new Measure(Metric.RETAINED, words.toString(), random.nextInt())));
            var line = CheckText.line(List.of(report(CheckMemory.none(), result)), NOW);
            assertTrue(line.codePoints().noneMatch(Character::isISOControl), line);
            PerformanceData.require(line);
        }
    }
}
