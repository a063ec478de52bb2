package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private final Frame frame = new Frame("HELIOSCTL-1234");

    @TempDir
    private Path directory;

    @Test
    void theProgramIsOneCompoundCommand() {
        Command command = Command.script("echo \"it's $1\"", "o'clock");

        assertEquals(
                "{ LC_ALL=C; export LC_ALL; set -- 'o'\\''clock'; echo HELIOSCTL-1234; echo HELIOSCTL-1234 >&2;"
                        + " eval 'echo \"it'\\''s $1\"'; exit; }\n",
                new String(frame.program(command), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void aProgramThatCameInHalfDoesNothing(String shell) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not here");
        Path mark = directory.resolve("mark");
        byte[] program = frame.program(Command.script(": > '" + mark + "'\n: > '" + mark + "'\n", "a", "b"));
        for (int length = 0; length < program.length - 1; length++) {
            feed(shell, Arrays.copyOf(program, length));
            assertFalse(Files.exists(mark), "after " + length + " bytes");
        }
        feed(shell, program);
        assertTrue(Files.exists(mark));
    }

    @Test
    void theFrameIsFoundHoweverTheBytesArrive() {
        byte[] stream = "noise HELIOSCTL-12 HELIOSCTL-1234\nanswer\n".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= stream.length; size++) {
            CappedSink answer = new CappedSink(100);
            FramedSink framed = new FramedSink(frame, answer);
            for (int offset = 0; offset < stream.length; offset += size) {
                int length = Math.min(size, stream.length - offset);
                assertEquals(length, framed.accept(stream, offset, length));
            }
            assertEquals("answer\n", answer.bytes().text());
            assertEquals("noise HELIOSCTL-12", framed.noise());
            assertTrue(framed.begun().join());
        }
    }

    @Test
    void aStreamThatEndsWithoutTheFrameHasNotBegun() {
        FramedSink framed = new FramedSink(frame, new CappedSink(100));
        byte[] noise = "Permission denied\n".getBytes(StandardCharsets.UTF_8);

        framed.accept(noise, 0, noise.length);
        framed.end();

        assertFalse(framed.begun().join());
        assertEquals("Permission denied", framed.noise());
    }

    private static void feed(String shell, byte[] program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(shell, "-s")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(program);
        }
        process.waitFor();
    }
}
