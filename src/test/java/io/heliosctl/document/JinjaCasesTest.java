package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliosctl.model.InvalidDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What Python's Jinja2 made of the templates in `jinja/cases.json`, against what we make of them.
class JinjaCasesTest {

    private static final Path MANUAL = Path.of("docs/templates.md");
    private static final Pattern TABLE =
            Pattern.compile("(?<=<!-- differences -->\n).*(?=<!-- end of differences -->)", Pattern.DOTALL);
    private static final Corpus CORPUS = corpus();

    @TestFactory
    Stream<DynamicTest> what_python_refuses_for_an_undefined_name_does_not_render() {
        return CORPUS.cases().stream()
                .filter(Case::pythonFindsItUndefined)
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    String ours = ours(one);
                    if (!ours.startsWith("refused: ")) {
                        fail(one.template() + " renders " + ours);
                    }
                }));
    }

    @Test
    void every_other_difference_from_python_stands_in_the_manual() throws IOException {
        String table = table();
        String manual = Files.readString(MANUAL);
        if (Boolean.getBoolean("heliosctl.update-docs")) {
            Files.writeString(MANUAL, TABLE.matcher(manual).replaceAll(Matcher.quoteReplacement(table)));
            return;
        }
        var found = TABLE.matcher(manual);
        assertEquals(
                table,
                found.find() ? found.group() : "",
                "docs/templates.md is out of date; write it anew by: mvn test -Dtest=JinjaCasesTest -Dheliosctl.update-docs=true");
    }

    @Test
    void every_filter_and_test_stands_in_the_manual() throws IOException {
        String manual = Files.readString(MANUAL);
        var missing = Stream.concat(FilterNames.names().stream(), JinjaTests.names().stream())
                .filter(name -> !manual.contains("`" + name + "`"))
                .toList();

        assertEquals(List.of(), missing);
    }

    private static String table() {
        List<String> rows = new ArrayList<>();
        for (Case one : CORPUS.cases()) {
            String ours = ours(one);
            boolean bothRefuse = one.refused() != null && ours.startsWith("refused: ");
            if (!bothRefuse && !ours.equals(one.python())) {
                rows.add("| %s | %s | %s |\n".formatted(code(one.template()), cell(one.python()), cell(ours)));
            }
        }
        return "| template | Python's Jinja2 | heliosctl |\n| --- | --- | --- |\n" + String.join("", rows);
    }

    private static String ours(Case one) {
        try {
            return "renders: " + Templates.render(new TemplateSource(one.name(), one.template(), 1), CORPUS.context());
        } catch (InvalidDocumentException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static String cell(String result) {
        return result.startsWith("renders: ")
                ? code(result.substring("renders: ".length()))
                : result.replace("|", "\\|").replace("\n", " ");
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|").replace("\n", "↵") + "`";
    }

    private static Corpus corpus() {
        try (InputStream stream = JinjaCasesTest.class.getResourceAsStream("/jinja/cases.json")) {
            return new ObjectMapper().readValue(stream, new TypeReference<Corpus>() {});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    record Corpus(String about, Map<String, Object> context, List<Case> cases) {}

    record Case(String name, String template, String renders, String refused) {

        boolean pythonFindsItUndefined() {
            return refused != null && (refused.startsWith("UndefinedError") || refused.contains("StrictUndefined"));
        }

        String python() {
            return renders == null ? "refused: " + refused : "renders: " + renders;
        }
    }
}
