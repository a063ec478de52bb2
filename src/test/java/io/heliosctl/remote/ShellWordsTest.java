package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "'",
            "''",
            "'\\''",
            "\\",
            "\\'",
            "\"",
            "$(reboot)",
            "`reboot`",
            "${HOME}",
            "$'x'",
            "!!",
            "~",
            "*",
            "?[a-z]",
            "; reboot",
            "&& reboot #",
            "a\nb",
            "\n",
            "\n\n",
            "\t",
            "\r\n",
            "-n",
            "--",
            "äöü€😀",
            "\u0001\u0007\u001b[31m\u007f",
            "\u0081\u0082\u0088",
            "%s%n",
            "EOF",
            "\\n",
            "'$(id)'");

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/dash", "/bin/bash", "/usr/bin/busybox"})
    void everyValueComesOutOfAShellAsItWentIn(String shell) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not here");
        List<String> values = new ArrayList<>(NASTY);
        Random random = new Random(42);
        for (int count = 0; count < 2000; count++) {
            values.add(random(random));
        }

        assertEquals(values, throughShell(shell, values));
    }

    @Test
    void aNulCharacterIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ShellWords.quote("a\0b"));
    }

    private static String random(Random random) {
        String alphabet = "'\\\"$`!*?[]{}()<>|&;#~ \n\tab€ä😀-=%^\u0081\u0088";
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(24); length > 0; length--) {
            int start = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
            text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, start)));
        }
        return text.toString();
    }

    private static List<String> throughShell(String shell, List<String> values)
            throws IOException, InterruptedException {
        List<String> words = shell.endsWith("busybox") ? List.of(shell, "sh", "-s") : List.of(shell, "-s");
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String script = "set -- " + ShellWords.join(values) + "; for word; do printf '%s\\0' \"$word\"; done; exit\n";
        try (OutputStream input = process.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return List.of(output.substring(0, output.length() - 1).split("\0", -1));
    }
}
