package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTypesTest {

    private final Problems problems = new Problems();

    private enum Color {
        RED,
        DARK_BLUE
    }

    @ParameterizedTest
    @CsvSource({"0s,PT0S", "500ms,PT0.5S", "10s,PT10S", "5m,PT5M", "1h,PT1H"})
    void readsTimes(String written, Duration meant) {
        assertEquals(Optional.of(meant), new YamlDuration().parse(written));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0B,0", "1B,1", "512kB,524288", "16MB,16777216", "1GB,1073741824", "2TB,2199023255552"})
    void readsAmountsAsPostgresDoes(String written, long meant) {
        assertEquals(Optional.of(meant), new YamlBytes().parse(written));
    }

    @ParameterizedTest
    @CsvSource({
        "16mb,Write 16MB.",
        "16M,Write 16MB.",
        "16MiB,Write 16MB.",
        "16 KB,Write 16kB.",
        "1024,Write 1024B for bytes.",
        "1.5GB,'Write a whole number and a unit: B, kB, MB, GB or TB.'",
        "-1MB,'Write a whole number and a unit: B, kB, MB, GB or TB.'"
    })
    void tellsHowAmountsAreWritten(String written, String hint) {
        new YamlBytes().read(single(written), "max_lag", problems);

        assertEquals(hint, problems.inOrder().getFirst().hint());
    }

    @ParameterizedTest
    @CsvSource({"5min,Write 5m.", "10 seconds,Write 10s.", "2H,Write 2h.", "100MS,Write 100ms.", "0.25s,Write 250ms."})
    void tellsHowTimesAreWritten(String written, String hint) {
        new YamlDuration().read(single(written), "timeout", problems);

        assertEquals(hint, problems.inOrder().getFirst().hint());
    }

    @ParameterizedTest
    @CsvSource({
        "on,Write true.",
        "Yes,Write true.",
        "off,Write false.",
        "FALSE,Write false.",
        "maybe,Write true or false."
    })
    void tellsHowTruthIsWritten(String written, String hint) {
        new YamlFlag().read(single(written), "tolerate", problems);

        assertEquals(hint, problems.inOrder().getFirst().hint());
    }

    @Test
    void readsTheWordsOfAnEnum() {
        assertEquals(
                Optional.of(Color.DARK_BLUE), YamlChoice.of(Color.class).read(single("dark_blue"), "color", problems));
        YamlChoice.of(Color.class).read(single("dark_bleu"), "color", problems);

        assertEquals("color must be red or dark_blue, not dark_bleu Did you mean \"dark_blue\"?", shown());
    }

    @Test
    void keepsFractionsAndTrapsInPlainDataAsText() {
        var value = single("{ a: 17.10, b: 0640, c: 12, d: true, e: \"12\", f: [on, 1e3] }");

        assertEquals(
                Map.of("a", "17.10", "b", "0640", "c", 12L, "d", true, "e", "12", "f", List.of("on", "1e3")),
                new YamlAny().read(value, "vars", problems).orElseThrow());
    }

    @Test
    void reportsEveryItemOfAListThatDoesNotFit() {
        assertEquals(
                Optional.empty(), new YamlList<>(new YamlWhole(1, 9)).read(single("[1, x, 3, 10]"), "list", problems));
        assertEquals(
                "list[2] must be a whole number from 1 to 9, not x Write a number in that range, in digits.\n"
                        + "list[4] must be a whole number from 1 to 9, not 10 Write a number in that range, in digits.",
                shown());
    }

    @Test
    void leavesOutWhatIsNullAndReportsWhatIsEmpty() {
        var fields = fields("{ a: null, b: , c: x }");

        assertEquals(Optional.empty(), fields.optional("a", YamlText.line()));
        assertEquals(Optional.empty(), fields.optional("b", YamlText.line()));
        assertEquals("x", fields.optional("c", YamlText.line(), "y"));
        assertEquals("step.b must be one line of text, not nothing Write a value, or delete the line.", shown());
    }

    @Test
    void reportsUnknownKeysWithThoseAllowed() {
        var fields = fields("{ target: a, timout: 5s }");
        fields.required("target", YamlText.line());
        fields.optional("timeout", new YamlDuration());
        fields.finish();

        var problem = problems.inOrder().getFirst();
        assertEquals("unknown key \"timout\" under step", problem.message());
        assertEquals("Allowed here: target, timeout.", problem.detail());
        assertEquals("Did you mean \"timeout\"?", problem.hint());
    }

    @Test
    void saysNothingMoreAboutWhatCouldNotBeRead() {
        var fields = new YamlFields(
                YamlReader.readText("test.yaml", "{ a: {{ x }} }", problems).orElseThrow(), "step", problems);

        assertEquals(Optional.empty(), fields.required("a", YamlText.line()));
        assertEquals(1, problems.inOrder().size());
    }

    private YamlFields fields(String text) {
        return new YamlFields(YamlReader.readText("test.yaml", text, problems).orElseThrow(), "step", problems);
    }

    private static Yaml single(String written) {
        var entries = (Yaml.Entries) YamlReader.readText("test.yaml", "key: " + written, new Problems())
                .orElseThrow();
        return entries.find("key").orElseThrow();
    }

    private String shown() {
        return problems.inOrder().stream()
                .map(problem -> problem.message() + " " + problem.hint())
                .collect(Collectors.joining("\n"));
    }
}
