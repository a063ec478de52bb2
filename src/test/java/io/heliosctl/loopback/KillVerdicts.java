package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.CaseTable;
import java.util.ArrayList;
import java.util.List;

/// What came of all cases of a matrix, told one by one and summed up.
final class KillVerdicts {

    private final CaseTable table;
    private final List<KillVerdict> all = new ArrayList<>();

    /// @param file in `target`
    KillVerdicts(String file) {
        table = CaseTable.begin(file);
    }

    /// Tells one, and fails if anything does not hold.
    void add(KillVerdict verdict) {
        all.add(verdict);
        table.line(verdict.line());
        verdict.violations()
                .forEach(violation ->
                        table.line("     " + violation.lines().findFirst().orElse("")));
        assertEquals("", String.join("\n", verdict.violations()));
    }

    void sum() {
        var bad = all.stream().filter(verdict -> !verdict.isGood()).count();
        var millis = all.stream().mapToLong(each -> each.took().toMillis()).sum();
        table.line("%d cases, %d bad, %d s".formatted(all.size(), bad, millis / 1000));
    }
}
