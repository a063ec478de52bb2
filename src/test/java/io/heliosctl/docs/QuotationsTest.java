package io.heliosctl.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the pages quote is what is there, and what they link to exists.
class QuotationsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void theSetupPageQuotesTheGrantsAsTheyAre() throws IOException {
        var grants = Files.readString(Path.of("src/main/resources/sql/grants.sql"));
        assertTrue(Files.readString(Path.of("docs/setup.md")).contains("```sql\n" + grants + "```\n"));
    }

    @Test
    void theSwitchoverPageHasEveryStepOfTheRunbook() throws IOException {
        var rows = Files.readAllLines(Path.of("docs/switchover.md")).stream()
                .filter(line -> line.startsWith("| ")
                        && line.chars().filter(c -> c == '|').count() == 5)
                .count();
        var steps = Files.readString(Path.of("runbooks/switchover.yaml"))
                .split("verify:", 2)[0]
                .split("- name:", -1);
        assertEquals(steps.length - 1, rows - 1, "rows without their heading");
    }

    /// Runbooks include no others, so that each can be copied; the steps are those of a switchover all the same.
    @Test
    void aRollingRestartEndsAsASwitchover() throws IOException {
        assertEquals(fromTheCheckpoint("switchover"), fromTheCheckpoint("rolling-restart"));
    }

    private static String fromTheCheckpoint(String runbook) throws IOException {
        var text = Files.readString(Path.of("runbooks/%s.yaml".formatted(runbook)));
        return text.substring(text.indexOf("  - name: Checkpoint now"));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var dead = pages().flatMap(QuotationsTest::dead).toList();
        assertEquals(List.of(), dead);
    }

    private static Stream<String> dead(Path page) {
        try {
            return LINK.matcher(Files.readString(page))
                    .results()
                    .map(result -> result.group(1))
                    .filter(target -> !Files.exists(Path.of(".").resolve(page).resolveSibling(target)))
                    .map(target -> page + " -> " + target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> pages() throws IOException {
        try (var docs = Files.walk(Path.of("docs"));
                var top = Files.list(Path.of("."))) {
            return Stream.concat(docs, top).filter(path -> path.toString().endsWith(".md")).toList().stream();
        }
    }
}
