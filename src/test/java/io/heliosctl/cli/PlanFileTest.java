package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.document.Json;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.SavedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {

    private static final Map<String, Object> PLAN = Map.of("schema", SavedPlan.SCHEMA);

    @TempDir
    Path folder;

    @Test
    void isForItsOwnerOnlyAndLeavesNothingBeside() throws IOException {
        var file = folder.resolve("plan.json");

        new PlanFile(file).write(PLAN);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(PLAN, Json.object(Files.readString(file)).orElseThrow());
        assertEquals(List.of(file), files());
    }

    @Test
    void replacesAPlan() throws IOException {
        var file = folder.resolve("plan.json");
        new PlanFile(file).write(Map.of("schema", SavedPlan.SCHEMA, "cluster", "old"));

        new PlanFile(file).write(PLAN);

        assertEquals(PLAN, Json.object(Files.readString(file)).orElseThrow());
        assertEquals(List.of(file), files());
    }

    @Test
    void replacesNothingElse() throws IOException {
        var plan = folder.resolve("plan.json");
        new PlanFile(plan).write(PLAN);
        for (var other : List.of("{\"schema\": \"heliosctl.run.v1\"}", "root:x:0:0", "")) {
            var file = Files.writeString(folder.resolve("other"), other);
            assertRefused("not-a-plan", () -> new PlanFile(file).write(PLAN));
            assertEquals(other, Files.readString(file));
        }
        var link = Files.createSymbolicLink(folder.resolve("link"), plan);
        assertRefused("not-a-plan", () -> new PlanFile(link).write(PLAN));
        assertTrue(Files.isSymbolicLink(link));
        assertRefused("not-a-plan", () -> new PlanFile(folder).write(PLAN));
    }

    @Test
    void saysWhatIsWrongWithItsFolder() {
        assertRefused("plan-not-saved", () -> new PlanFile(folder.resolve("missing/plan.json")).write(PLAN));
    }

    @Test
    void aFileThatIsNoPlanIsNotRead() throws IOException {
        assertRefused("no-such-file", () -> new PlanFile(folder.resolve("missing")).read());
        var file = Files.writeString(folder.resolve("other"), "[]");
        assertRefused("not-a-plan", () -> new PlanFile(file).read());
        Files.writeString(file, "{}");
        assertRefused("not-a-plan", () -> new PlanFile(file).read());
    }

    private static void assertRefused(String code, org.junit.jupiter.api.function.Executable action) {
        var refused = assertThrows(ProblemException.class, action);
        assertEquals(code, refused.problems().getFirst().code());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
