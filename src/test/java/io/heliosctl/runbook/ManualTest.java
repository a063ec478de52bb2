package io.heliosctl.runbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The manual's table names the verbs and keys that the reader has, and its examples can be run.
class ManualTest {

    private static final Path MANUAL = Path.of("docs/runbooks.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(version: 1\n.*?)```", Pattern.DOTALL);

    @Test
    void itsTableIsThatOfTheReader() throws IOException {
        var manual = Files.readString(MANUAL);
        var begin = "<!-- verbs -->\n";
        int start = manual.indexOf(begin) + begin.length();
        var updated = manual.substring(0, start) + table() + manual.substring(manual.indexOf("<!-- end -->"));
        Files.writeString(Path.of("target/runbooks.md"), updated);

        assertEquals(manual, updated, "the verbs changed: copy target/runbooks.md to docs/");
    }

    @Test
    void itsExamplesAreRight() throws IOException {
        var examples = EXAMPLE.matcher(Files.readString(MANUAL))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertFalse(examples.isEmpty());
        examples.forEach(example -> RunbookReader.read("docs/runbooks.md", "the manual", example));
    }

    private static String table() {
        return Verbs.ALL.stream()
                .map(verb -> "| `%s` | %s | %s |\n".formatted(verb.name(), verb.help(), keys(verb)))
                .collect(Collectors.joining("", "| verb | | takes |\n|---|---|---|\n", ""));
    }

    private static String keys(Verb verb) {
        return verb.keys().stream()
                .map(key -> (key.required() ? "**`%s`**" : "`%s`").formatted(key.name()) + builtIn(key))
                .collect(Collectors.joining(", "));
    }

    private static String builtIn(VerbKey<?> key) {
        return key instanceof VerbKey.Value<?> value
                ? value.builtIn().map(" (%s)"::formatted).orElse("")
                : "";
    }
}
