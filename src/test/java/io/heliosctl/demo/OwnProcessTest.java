package io.heliosctl.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProcessTest {

    @TempDir
    private Path directory;

    @Test
    void aProcessThatNamesTheDirectoryIsOurs() throws IOException {
        Process process = sleeper(directory.resolve("script"));
        OwnProcess own = own(Long.toString(process.pid()));
        assertTrue(own.isRunning());
        own.end("TERM", Duration.ofSeconds(10));
        assertFalse(process.isAlive());
    }

    @Test
    void somebodyElsesProcessIsNotBelievedToBeOursAndNotStopped() throws IOException {
        Process process = sleeper(directory.resolveSibling(directory.getFileName() + "2"));
        OwnProcess own = own(Long.toString(process.pid()));
        assertFalse(own.isRunning());
        own.end("TERM", Duration.ofSeconds(10));
        assertTrue(process.isAlive());
        process.destroy();
    }

    @Test
    void oneThatIgnoresTheSignalIsKilled() throws Exception {
        Process process = start("trap '' TERM; while :; do sleep 0.1; done", directory.resolve("script"));
        own(Long.toString(process.pid())).end("TERM", Duration.ofMillis(200));
        // Java hears of it later than the kernel does.
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    @Test
    void aPidFileOfTheDeadOrOfNonsenseIsNoProcess() throws IOException {
        assertFalse(own("").isRunning());
        assertFalse(own("nonsense").isRunning());
        assertFalse(own("999999999").isRunning());
        assertFalse(new OwnProcess(directory.resolve("none"), directory).isRunning());
    }

    @Test
    void theFirstLineCounts() throws IOException {
        Process process = sleeper(directory.resolve("script"));
        assertEquals(
                process.pid(),
                own(process.pid() + "\n/data\n5432\n").find().orElseThrow().pid());
        process.destroy();
    }

    private OwnProcess own(String text) throws IOException {
        return new OwnProcess(Files.writeString(directory.resolve("pid"), text), directory);
    }

    private static Process sleeper(Path named) throws IOException {
        return start("while :; do sleep 0.1; done", named);
    }

    private static Process start(String script, Path named) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "echo ready; " + script, named.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals('r', process.getInputStream().read());
        return process;
    }
}
