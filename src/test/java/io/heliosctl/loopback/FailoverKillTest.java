package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.CaseTable;
import io.heliosctl.bed.Halt;
import io.heliosctl.cli.Puppet.Place;
import io.heliosctl.loopback.KillCase.Ending;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A failover killed by SIGKILL under load, after its primary was killed: a few cases, or with
/// `-Dfailover.kill.cases=all` every step, which `make kill-matrix` does.
@Tag("loopback")
class FailoverKillTest {

    private static final List<KillVerdict> VERDICTS = new ArrayList<>();

    /// Those that are begun in every failover. The others find nothing to do where nothing hangs.
    private static final List<Integer> STEPS = List.of(1, 2, 5, 6, 7, 8, 9, 10);

    @TempDir
    private static Path state;

    private static CaseTable table;
    private static FailoverStage stage;

    @BeforeAll
    static void build() {
        table = CaseTable.begin("failover-kill-cases.txt");
        stage = new FailoverStage(state);
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
        var which = System.getProperty("failover.kill.cases", "sample");
        return switch (which) {
            case "all" -> all();
            case "sample" ->
                List.of(
                        new KillCase(new Halt(2, Place.DURING), Ending.RESUME),
                        new KillCase(new Halt(2, Place.AFTER_EFFECT), Ending.ROLLBACK),
                        new KillCase(new Halt(5, Place.AFTER_END), Ending.RESUME),
                        new KillCase(new Halt(6, Place.AFTER_BEGIN), Ending.ROLLBACK),
                        new KillCase(new Halt(6, Place.DURING), Ending.RESUME),
                        new KillCase(new Halt(6, Place.AFTER_EFFECT), Ending.ROLLBACK));
            default ->
                all().stream().filter(each -> each.toString().matches(which)).toList();
        };
    }

    /// Where nobody comes back the whole budget is waited for, so that is done where a step has just begun or
    /// ended.
    private static List<KillCase> all() {
        return Stream.of(Ending.values())
                .flatMap(ending -> Stream.of(Place.values())
                        .filter(place ->
                                ending != Ending.NOBODY || place == Place.AFTER_BEGIN || place == Place.AFTER_END)
                        .flatMap(place -> STEPS.stream().map(step -> new KillCase(new Halt(step, place), ending))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds(KillCase kill) throws SQLException {
        var verdict = FailoverRound.play(stage, kill);
        VERDICTS.add(verdict);
        table.line(verdict.line());
        verdict.violations()
                .forEach(violation ->
                        table.line("     " + violation.lines().findFirst().orElse("")));
        assertEquals("", String.join("\n", verdict.violations()));
    }
}
