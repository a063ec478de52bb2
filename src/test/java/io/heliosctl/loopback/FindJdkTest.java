package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that finds a JDK for the launcher and for make.
class FindJdkTest {

    @TempDir
    private Path directory;

    @Test
    void javaHomeComesFirstWhereItIsRecentEnough() throws Exception {
        Path jdk = jdk("99", "99.0.1");
        assertEquals(jdk.toString(), find(jdk));
    }

    @Test
    void anOldOneIsPassedOver() throws Exception {
        Path old = jdk("old", "17.0.15");
        assertNotEquals(old.toString(), find(old));
    }

    @Test
    void oneOfBeforeJdk9IsPassedOver() throws Exception {
        Path old = jdk("older", "1.8.0_402");
        assertNotEquals(old.toString(), find(old));
    }

    @Test
    void oneWithoutACompilerIsPassedOver() throws Exception {
        Path jre = jdk("jre", "99");
        Files.delete(jre.resolve("bin/javac"));
        assertNotEquals(jre.toString(), find(jre));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static String find(Path javaHome) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("scripts/find-jdk").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", javaHome.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
