package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What README.md shows is what is printed.
class ReadmeTest {

    @Test
    void theHelpIsTheHelp() throws IOException {
        assertShown(Typed.run("--help").out());
    }

    @Test
    void theProblemIsTheProblem() throws IOException {
        assertShown("$ heliosctl switchover --dryrun\n"
                + Typed.run("switchover", "--dryrun").err());
    }

    @Test
    void theSmallestInventoryIsRight(@TempDir Path directory) throws IOException {
        var block = readme().replaceFirst("(?s)^.*?```yaml\n", "").replaceFirst("(?s) *```.*$", "");
        var file = Files.writeString(directory.resolve("inventory.yaml"), block.stripIndent());
        var typed = Typed.run("inventory", "check", "-i", file.toString());
        assertTrue(
                typed.whole().endsWith(": cluster main (production): 2 nodes, 1 poolers, 1 databases\nexit 0\n"),
                typed.whole());
    }

    private static void assertShown(String text) throws IOException {
        assertTrue(readme().contains("```\n" + text + "```\n"), "README.md should have:\n" + text);
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
