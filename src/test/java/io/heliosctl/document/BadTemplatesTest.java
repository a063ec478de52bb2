package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every template in `bad/template` is refused with the words that stand in the text file beside it.
class BadTemplatesTest {

    private static final Path FOLDER = Path.of("src/test/resources/bad/template");

    @TestFactory
    Stream<DynamicTest> each_is_refused_in_these_words() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> templates = files.filter(file -> file.toString().endsWith(".j2"))
                    .sorted()
                    .toList();
            return templates.stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        Map<String, Object> values = Contexts.pooler(false, 1, Map.of(), List.of(Contexts.database("app")));
        TemplateSource source = new TemplateSource(file.getFileName().toString(), Files.readString(file), 1);

        InvalidDocumentException refused =
                assertThrows(InvalidDocumentException.class, () -> Templates.render(source, values));

        String words = refused.problems().stream().map(BadTemplatesTest::words).collect(Collectors.joining("\n"));
        Path expected = FOLDER.resolve(file.getFileName().toString().replace(".j2", ".txt"));
        if (Boolean.getBoolean("heliosctl.update-expected")) {
            Files.writeString(expected, words);
        }
        assertEquals(Files.readString(expected), words);
    }

    private static String words(Problem problem) {
        Place place = problem.place().orElseThrow();
        return "%s: error[%s]: %s\n    %s\n    %s^\n%s%s"
                .formatted(
                        place,
                        problem.code(),
                        problem.message(),
                        place.source().replace("\r", ""),
                        " ".repeat(place.column() - 1),
                        problem.detail().isEmpty() ? "" : "detail: " + problem.detail() + "\n",
                        problem.hint().isEmpty() ? "" : "hint: " + problem.hint() + "\n");
    }
}
