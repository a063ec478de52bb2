package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is typed: one line, UNKNOWN, and never a stack trace.
class CheckMisuseTest {

    private static final String INVENTORY = """
            version: 1
            defaults:
              postgres: { data_dir: /data, bin_dir: /bin, service: postgresql }
            clusters:
              main:
                nodes:
                  pgdb1: { host: 192.0.2.1 }
            """;

    private static final List<String> WORDS = List.of(
            "--wrong",
            "-w",
            "-c",
            "lag=",
            "x=1",
            "lag=1:2:3",
            "-t",
            "0",
            "never",
            "nowhere",
            "lag",
            "--expect",
            "-x",
            "",
            "@",
            "--all=2",
            "\u001b[31m",
            "-i",
            "/nowhere",
            "--prom",
            "\n",
            "lagg",
            "-o",
            "xml",
            "=");

    private static void isUnknown(InProcess.Ran ran, String typed) {
        assertEquals(3, ran.exit(), typed + ": " + ran.out() + ran.err());
        assertTrue(ran.out().startsWith("HELIOSCTL UNKNOWN - "), typed + ": " + ran.out());
        assertEquals(1, ran.out().lines().count(), ran.out());
        assertTrue(ran.out().strip().codePoints().noneMatch(Character::isISOControl), ran.out());
        assertEquals("", ran.err(), typed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check nowhere",
                "check lagg",
                "check -w 5",
                "check lag -w 1:2:3",
                "check -w lagg=5",
                "check -t never",
                "check --wrong",
                "check -t 0",
                "check -o xml",
                "check main lag poolers -w 5",
                "check --expect /"
            })
    void isToldInOneLine(String typed, @TempDir Path folder) throws Exception {
        var inventory = Files.writeString(folder.resolve("inventory.yaml"), INVENTORY);
        var words = new ArrayList<>(List.of(typed.split(" ", -1)));
        words.addAll(List.of("-i", inventory.toString()));
        isUnknown(InProcess.run(words.toArray(String[]::new)), typed);
    }

    @Test
    void noWordsMakeItFail(@TempDir Path folder) throws Exception {
        var inventory = Files.writeString(folder.resolve("inventory.yaml"), INVENTORY);
        var random = new Random(11);
        for (int i = 0; i < 500; i++) {
            // The time-out that is no time comes first, so that nothing is ever asked.
            var words = new ArrayList<>(List.of("check", "-t", "no-time", "-i", inventory.toString()));
            random.ints(1 + random.nextInt(4), 0, WORDS.size()).forEach(word -> words.add(WORDS.get(word)));
            isUnknown(InProcess.run(words.toArray(String[]::new)), words.toString());
        }
    }
}
