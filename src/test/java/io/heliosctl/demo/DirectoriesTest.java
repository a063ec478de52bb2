package io.heliosctl.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

    @TempDir
    private Path directory;

    @Test
    void aDirectoryWithSomethingElseInItIsLeftAlone() throws IOException {
        Files.writeString(directory.resolve("letter"), "dear diary");
        String message = directory + " holds something else";
        assertEquals(
                message,
                assertThrows(ProblemException.class, () -> Directories.prepare(directory))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(ProblemException.class, () -> Directories.remove(directory))
                        .getMessage());
        assertTrue(Files.exists(directory.resolve("letter")));
    }

    @Test
    void aDirectoryTooDeepForUnixSocketsIsRefused() {
        Path deep = directory.resolve("d".repeat(100));
        assertEquals(
                "the directory's name is too long for Unix sockets",
                assertThrows(ProblemException.class, () -> Directories.prepare(deep))
                        .getMessage());
    }

    @Test
    void aLinkIsRemovedAndNotWhatItLeadsTo() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("letter"), "dear diary");
        Path cluster = Files.createDirectory(directory.resolve("cluster"));
        new Plan(cluster, List.of(), List.of(), 20000, "secret").save();
        Files.createSymbolicLink(cluster.resolve("link"), outside);
        Directories.remove(cluster);
        assertFalse(Files.exists(cluster));
        assertTrue(Files.exists(outside.resolve("letter")));
    }

    @Test
    void aPlanIsFoundAgainAsItWasSaved() throws IOException {
        Path real = directory.toRealPath();
        Plan plan = Plan.make(real, 3);
        plan.save();
        assertEquals(plan, Plan.load(real));
        assertEquals("rw-------", permissions(real.resolve("cluster.properties")));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
