package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A switchover killed by SIGKILL under load, at every step: 40 cases, or with `-Dkill.cases=all` all of them, which
/// `make kill-matrix` does.
@Tag("loopback")
class KillTest {

    private static final Path TABLE = Path.of("target", "kill-cases.txt");

    private static final List<KillVerdict> VERDICTS = new ArrayList<>();

    @TempDir
    private static Path state;

    private static KillStage stage;

    @BeforeAll
    static void build() throws IOException {
        Files.deleteIfExists(TABLE);
        stage = new KillStage(state);
    }

    @AfterAll
    static void strike() {
        stage.close();
        var bad = VERDICTS.stream().filter(verdict -> !verdict.isGood()).count();
        tell("%d cases, %d bad, %d s"
                .formatted(
                        VERDICTS.size(),
                        bad,
                        VERDICTS.stream().mapToLong(each -> each.took().toMillis()).sum() / 1000));
    }

    static List<KillCase> cases() {
        return KillCase.chosen(System.getProperty("kill.cases", "sample"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds(KillCase kill) throws SQLException {
        var verdict = KillRound.play(stage, kill);
        VERDICTS.add(verdict);
        tell(verdict.line());
        assertEquals("", String.join("\n", verdict.violations()));
    }

    /// On the terminal, and in a file that can be watched: `target/kill-cases.txt`.
    private static void tell(String line) {
        System.out.println(line);
        try {
            Files.writeString(TABLE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
