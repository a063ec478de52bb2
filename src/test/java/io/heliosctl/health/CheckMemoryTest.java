package io.heliosctl.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.NodeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is known from one time to the next.
class CheckMemoryTest {

    private static final Optional<NodeName> PRIMARY = Optional.of(new NodeName("pgdb1"));

    private static List<CheckResult> ended(ServiceState state) {
        return List.of(new CheckResult("lag", state, "", List.of()));
    }

    @Test
    void survivesBeingKept(@TempDir Path folder) throws Exception {
        var memory = CheckMemory.none()
                .after(ended(ServiceState.OK), PRIMARY, Subjects.NOW)
                .after(ended(ServiceState.CRITICAL), Optional.of(new NodeName("pgdb2")), Subjects.NOW.plusSeconds(9));
        var memories = new CheckMemories(folder.resolve("checks"));

        memories.write("main/../x", Path.of("inventory.yaml"), memory);

        assertEquals(memory, memories.read("main/../x", Path.of("inventory.yaml")));
        assertEquals(CheckMemory.none(), memories.read("main/../x", Path.of("other.yaml")));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("checks"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"states\": {\"lag\": \"BAD\"}}",
                "{\"since\": \"yesterday\"}",
                "{\"primary\": \"/\"}"
            })
    void whatIsNoneIsForgotten(String text) {
        assertEquals(CheckMemory.none(), CheckMemory.of(text));
    }

    @Test
    void flapsAfterFourChangesWithinAnHour() {
        var memory = CheckMemory.none();
        for (int i = 0; i < 5; i++) {
            assertFalse(memory.isFlapping());
            memory = memory.after(
                    ended(i % 2 == 0 ? ServiceState.OK : ServiceState.WARNING), PRIMARY, Subjects.NOW.plusSeconds(i));
        }
        assertTrue(memory.isFlapping());
        memory = memory.after(ended(ServiceState.OK), PRIMARY, Subjects.NOW.plusSeconds(3700));
        assertFalse(memory.isFlapping());
    }

    @Test
    void isNewsOnlyIfAnythingChanged() {
        var limits = Thresholds.standard(2);
        var first = CheckMemory.none();
        var second = first.after(ended(ServiceState.OK), PRIMARY, Subjects.NOW);
        assertFalse(new CheckReport("main", ended(ServiceState.OK), limits, first, second).isNews());
        var third = second.after(ended(ServiceState.WARNING), PRIMARY, Subjects.NOW);
        assertTrue(new CheckReport("main", ended(ServiceState.WARNING), limits, second, third).isNews());
        var fourth = third.after(ended(ServiceState.WARNING), PRIMARY, Subjects.NOW);
        assertFalse(new CheckReport("main", ended(ServiceState.WARNING), limits, third, fourth).isNews());
    }
}
