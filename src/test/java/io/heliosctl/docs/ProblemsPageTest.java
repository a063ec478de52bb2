package io.heliosctl.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/problems.md has every code that the sources have, and none that they have not.
class ProblemsPageTest {

    /// A problem made, or one made by a helper that is given the code.
    private static final Pattern MADE = Pattern.compile("Problem\\s*\\.\\s*(?:error|warning)\\(\\s*\"([a-z0-9-]+)\""
            + "|problem\\(\\s*\"([a-z0-9]+(?:-[a-z0-9]+)+)\""
            + "|\"(template-[a-z]+)\""
            + "|refuse\\(\\s*[^,;\"]*,\\s*\"([a-z0-9-]+)\"");

    private static final Pattern WRITTEN = Pattern.compile("`([a-z0-9-]+)`");

    @Test
    void everyCodeIsExplained() throws IOException {
        var missing = made();
        missing.removeAll(written());
        assertEquals(Set.of(), missing, "to be added to docs/problems.md");
    }

    @Test
    void noCodeIsExplainedThatIsNotThere() throws IOException {
        var left = written();
        left.removeAll(made());
        assertEquals(Set.of(), left, "to be removed from docs/problems.md");
    }

    private static Set<String> made() throws IOException {
        // The inventory makes these two of the word that is missing.
        var codes = new TreeSet<>(Set.of("unknown-cluster", "unknown-node"));
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                var found = MADE.matcher(Files.readString(file));
                while (found.find()) {
                    for (int group = 1; group <= found.groupCount(); group++) {
                        if (found.group(group) != null && !found.group(group).endsWith("-")) {
                            codes.add(found.group(group));
                        }
                    }
                }
            }
        }
        return codes;
    }

    private static Set<String> written() throws IOException {
        var codes = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("docs/problems.md"))) {
            if (line.startsWith("| `")) {
                var found = WRITTEN.matcher(line.substring(0, line.indexOf('|', 1)));
                while (found.find()) {
                    codes.add(found.group(1));
                }
            }
        }
        return codes;
    }
}
