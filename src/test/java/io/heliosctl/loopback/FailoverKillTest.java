package io.heliosctl.loopback;

import io.heliosctl.bed.Halt;
import io.heliosctl.cli.Puppet.Place;
import io.heliosctl.loopback.KillCase.Ending;
import java.nio.file.Path;
import java.sql.SQLException;
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

    /// Those that are begun in every failover. The others find nothing to do where nothing hangs.
    private static final List<Integer> STEPS = List.of(1, 2, 4, 5, 6, 7, 8, 9, 10);

    @TempDir
    private static Path state;

    private static KillVerdicts verdicts;
    private static Stage stage;

    @BeforeAll
    static void build() {
        verdicts = new KillVerdicts("failover-kill-cases.txt");
        stage = new Stage(state);
    }

    @AfterAll
    static void strike() {
        stage.close();
        verdicts.sum();
    }

    static List<KillCase> cases() {
        var which = System.getProperty("failover.kill.cases", "sample");
        return switch (which) {
            case "all" -> all();
            case "sample" ->
                List.of(
                        new KillCase(new Halt(2, Place.AFTER_EFFECT), Ending.ROLLBACK),
                        new KillCase(new Halt(5, Place.AFTER_END), Ending.RESUME),
                        new KillCase(new Halt(6, Place.AFTER_BEGIN), Ending.ROLLBACK),
                        new KillCase(new Halt(6, Place.DURING), Ending.RESUME));
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
        verdicts.add(FailoverRound.play(stage, kill));
    }
}
