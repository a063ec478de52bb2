package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    /// What YAML 1.1, or a reader that follows it, turns into something else.
    static List<String> traps() {
        return List.of(
                "on",
                "off",
                "yes",
                "no",
                "NO",
                "y",
                "n",
                "True",
                "FALSE",
                "null",
                "Null",
                "~",
                "0640",
                "010",
                "0o17",
                "0x1F",
                "0b11",
                "22:22",
                "1:30:00",
                "1_000",
                "17.10",
                "1e3",
                "1E400",
                ".5",
                ".inf",
                ".nan",
                "+1",
                "-0",
                "2026-11-20",
                "2026-11-20 10:00:00",
                "=",
                "<<",
                "0",
                "00",
                "5432");
    }

    @ParameterizedTest
    @MethodSource("traps")
    void keepsEveryScalarAsItWasWritten(String written) {
        assertEquals(written, text(single("key: " + written)).value());
        assertEquals(written, text(single("key: \"" + written + "\"")).value());
        assertEquals(written, text(single("{ key: " + written + " }")).value());
        assertEquals(List.of(written), entries(written + ": x").names());
    }

    @ParameterizedTest
    @MethodSource("traps")
    void noTrapBecomesANumberOrATruth(String written) {
        var value = single("key: " + written);
        if (!List.of("0", "5432").contains(written)) {
            assertFalse(new YamlWhole(Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .read(value, "key", new Problems())
                    .isPresent());
        }
        assertFalse(new YamlFlag().read(value, "key", new Problems()).isPresent());
        assertEquals(written, YamlText.any().read(value, "key", new Problems()).orElseThrow());
    }

    @Test
    void tellsWhereEverythingStands() {
        var place = single("a: 1\nkey: {b: [x, 'ü'], c: hello}\n").place();

        assertEquals("test.yaml:2:6", place.toString());
        assertEquals("key: {b: [x, 'ü'], c: hello}", place.source());
    }

    @Test
    void countsColumnsInCharactersNotInBytes() {
        assertEquals("test.yaml:1:17", single("{ '🐘ü': 1, key: x }").place().toString());
    }

    @Test
    void refusesWhatDoesNotBelongIntoASettingsFile() {
        var text = """
                a: &x 1
                b: *x
                c: !!str 1
                d: !java {}
                a: 2
                ? [x]
                : y
                ---
                z: 1
                """;

        assertProblems("""
                1:4 anchor: YAML anchors (&) are not read here | Delete "&x".
                2:4 alias: YAML aliases (*) are not read here | Write the value out.
                3:4 tag: YAML tags (!) are not read here | Delete the word that begins with "!".
                4:4 tag: YAML tags (!) are not read here | Delete the word that begins with "!".
                5:1 duplicate-key: key "a" is written twice | Delete one of the two.
                6:3 key-not-text: a key must be text | Write a word before the colon.
                8:1 several-documents: a second document begins here | Keep one document in a file; delete the line "---".
                """, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout: {{ params.drain }}|timeout: \"{{ params.drain }}\"",
                "timeout: {{ params.drain }}s   # why|timeout: \"{{ params.drain }}s\"   # why",
                "timeout: {{ a[\"b\"] }}|timeout: '{{ a[\"b\"] }}'",
                "- {{ x }} and {{ y }}|- \"{{ x }} and {{ y }}\"",
                "pause: { target: p, timeout: {{ x }} }|pause: { target: p, timeout: \"{{ x }}\" }",
                "pause: { timeout: {{ x }}s, target: p }|pause: { timeout: \"{{ x }}s\", target: p }"
            })
    void showsTheLineToWriteForUnquotedBraces(String pair) {
        var halves = pair.split("\\|", 2);
        var problems = new Problems();

        YamlReader.readText("test.yaml", halves[0], problems);

        assertEquals(
                List.of("Write: " + halves[1]),
                problems.inOrder().stream().map(problem -> problem.hint()).toList());
    }

    @Test
    void readsOnAfterUnquotedBraces() {
        assertProblems("""
                1:4 unquoted-template: text with {{ }} needs quotes | Write: a: "{{ x }}"
                3:1 duplicate-key: key "b" is written twice | Delete one of the two.
                """, "a: {{ x }}\nb: 1\nb: 2\n");
    }

    @Test
    void explainsBrokenSyntax() {
        assertProblems("2:1 tab: YAML does not take a tab here | Use spaces.\n", "a:\n\tb: 1\n");
        assertProblems(
                "1:5 yaml-syntax: this is not YAML: mapping values are not allowed here"
                        + " | Text that contains \": \" needs quotes; or the line is indented too far.\n",
                "a: b: c\n");
        assertProblems(
                "2:4 yaml-syntax: this is not YAML: found unexpected end of stream"
                        + " | A quote is opened here and never closed.\n",
                "x: 1\na: \"b\nc: d\n");
        assertProblems(
                "1:19 yaml-syntax: this is not YAML: expected ',' or '}', but got {"
                        + " | Put text with {{ }} into quotes.\n",
                "{ name: Stop node {{ x }} }\n");
    }

    @Test
    void refusesBytesThatAreNotTextOnly() {
        assertProblems(
                "1:1 byte-order-mark: the file begins with a byte order mark"
                        + " | Save the file as UTF-8 without a byte order mark.\n",
                "\uFEFFa: 1\n");
        assertProblems(
                "2:4 invisible-character: invisible character U+00A0 (no-break space)"
                        + " | Delete it, or write a space in its place.\n",
                "a: 1\nb: \u00A0c\n");
        var problems = new Problems();
        YamlReader.read("test.yaml", "a: 1\nb: ü\n".getBytes(StandardCharsets.ISO_8859_1), problems);
        assertEquals(
                "2:4 not-utf-8: this is not UTF-8 | Save the file as UTF-8 without a byte order mark.\n",
                shown(problems));
    }

    @Test
    void neverRepeatsAPasswordThatSomebodyWrote() {
        var problems = new Problems();
        YamlReader.readText("test.yaml", "a: { password: hunter2, b: &x 1 }\n", problems);

        assertEquals(
                "a: { password: *******, b: &x 1 }",
                problems.inOrder().getFirst().place().orElseThrow().source());
    }

    @Test
    void refusesWhatIsEmptyTooLongOrTooDeep() {
        assertProblems("1:1 empty-file: there is nothing in this file | Is it the right file?\n", "# only a comment\n");
        assertProblems(
                "1:51 too-deep: more than 50 levels inside each other | Is it the right file?\n",
                "[".repeat(60) + "]".repeat(60));
        var problems = new Problems();
        YamlReader.read("big.yaml", new byte[(1 << 20) + 1], problems);
        assertEquals(
                "big.yaml is longer than 1 MiB", problems.inOrder().getFirst().message());
    }

    private static Yaml single(String text) {
        return entries(text).find("key").orElseThrow();
    }

    private static Yaml.Entries entries(String text) {
        var problems = new Problems();
        var tree = YamlReader.readText("test.yaml", text, problems);
        problems.throwIfErrors();
        return (Yaml.Entries) tree.orElseThrow();
    }

    private static Yaml.Text text(Yaml value) {
        return (Yaml.Text) value;
    }

    private static void assertProblems(String expected, String text) {
        var problems = new Problems();
        YamlReader.readText("test.yaml", text, problems);
        assertEquals(expected.replace(" |\n", " | \n"), shown(problems));
    }

    private static String shown(Problems problems) {
        return problems.inOrder().stream()
                .map(problem -> "%d:%d %s: %s | %s\n"
                        .formatted(
                                problem.place().orElseThrow().line(),
                                problem.place().orElseThrow().column(),
                                problem.code(),
                                problem.message(),
                                problem.hint()))
                .collect(Collectors.joining());
    }
}
