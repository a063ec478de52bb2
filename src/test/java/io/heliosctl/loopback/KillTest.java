package io.heliosctl.loopback;

import java.nio.file.Path;
import java.sql.SQLException;
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

    @TempDir
    private static Path state;

    private static KillVerdicts verdicts;
    private static KillStage stage;

    @BeforeAll
    static void build() {
        verdicts = new KillVerdicts("kill-cases.txt");
        stage = new KillStage(state);
    }

    @AfterAll
    static void strike() {
        stage.close();
        verdicts.sum();
    }

    static List<KillCase> cases() {
        return KillCase.chosen(System.getProperty("kill.cases", "sample"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds(KillCase kill) throws SQLException {
        verdicts.add(KillRound.play(stage, kill));
    }
}
