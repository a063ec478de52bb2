package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotingTest {

    @Test
    void sql_literals() {
        assertEquals("'it''s'", Quoting.sql("it's"));
        assertEquals(" E'a\\\\''b'", Quoting.sql("a\\'b"));
        assertEquals(
                "NULL TRUE 5 (-5) ARRAY['a','b'] '{}'",
                filtered(
                        "{{ none | sql }} {{ true | sql }} {{ 5 | sql }} {{ -5 | sql }} {{ ['a', 'b'] | sql }} {{ [] | sql }}"));
    }

    @Test
    void sql_identifiers() {
        assertEquals("\"a\"\"b\"", Quoting.sqlIdentifier("a\"b"));
        assertEquals("\"public\".\"t\"", filtered("{{ ['public', 't'] | sql_identifier }}"));
        assertThrows(IllegalArgumentException.class, () -> Quoting.sqlIdentifier("x".repeat(64)));
        assertThrows(IllegalArgumentException.class, () -> Quoting.sqlIdentifier(""));
    }

    @Test
    void connection_strings() {
        assertEquals("10.0.1.11", Quoting.conninfo("10.0.1.11"));
        assertEquals("''", Quoting.conninfo(""));
        assertEquals("'a b\\'c\\\\'", Quoting.conninfo("a b'c\\"));
    }

    @Test
    void configuration_strings() {
        assertEquals("'it''s \\\\ \\n'", Quoting.conf("it's \\ \n"));
    }

    @Test
    void a_nul_character_goes_nowhere() {
        for (String filter :
                List.of("sql", "sql_identifier", "sh", "conninfo", "conf", "ini", "ini_word", "ini_name")) {
            assertThrows(
                    RuntimeException.class,
                    () -> Templates.render(new TemplateSource("t", "{{ x | " + filter + " }}", 1), Map.of("x", "a\0b")),
                    filter);
        }
    }

    @Test
    void a_shell_reads_back_what_was_quoted() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell here");
        Random random = new Random(3);
        List<String> words = new ArrayList<>(List.of("", "-n", "~", "a b", "$(id)", "'\"`\\\n*?[", "ünï"));
        for (int i = 0; i < 200; i++) {
            words.add(random.ints(random.nextInt(8), 1, 127)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        String script = "printf '%s\\0' "
                + String.join(" ", words.stream().map(Quoting::shell).toList());

        Process shell = new ProcessBuilder("/bin/sh", "-c", script).start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(words, List.of(output.split("\0", -1)).subList(0, words.size()));
    }

    private static String filtered(String template) {
        return Templates.render(new TemplateSource("t", template, 1), Map.of());
    }
}
