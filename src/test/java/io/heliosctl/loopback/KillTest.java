package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.CaseTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A switchover killed by SIGKILL under load, at every step: 40 cases, or with `-Dkill.cases=all` all of them,
/// which `make kill-matrix` does.
@Tag("loopback")
class KillTest {

    private static final List<KillVerdict> VERDICTS = new ArrayList<>();

    @TempDir
    private static Path state;

    private static CaseTable table;
    private static KillStage stage;

    @BeforeAll
    static void build() {
        table = CaseTable.begin("kill-cases.txt");
        stage = new KillStage(state);
    }

    @AfterAll
    static void strike() {
        stage.close();
        var bad = VERDICTS.stream().filter(verdict -> !verdict.isGood()).count();
        table.line("%d cases, %d bad, %d s"
                .formatted(
                        VERDICTS.size(),
                        bad,
                        VERDICTS.stream()
                                        .mapToLong(each -> each.took().toMillis())
                                        .sum()
                                / 1000));
    }

    static List<KillCase> cases() {
        return KillCase.chosen(System.getProperty("kill.cases", "sample"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds(KillCase kill) throws SQLException {
        var verdict = KillRound.play(stage, kill);
        VERDICTS.add(verdict);
        table.line(verdict.line());
        verdict.violations()
                .forEach(violation ->
                        table.line("     " + violation.lines().findFirst().orElse("")));
        assertEquals("", String.join("\n", verdict.violations()));
    }
}
