package io.heliosctl.runbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every file in bad/runbook is refused with exactly what its neighbour `.txt` says: all problems, each with
/// its place, the line, and what to do about it.
class BadRunbooksTest {

    private static final Path FOLDER = Path.of("src/test/resources/bad/runbook");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isRefusedWithEverythingThatIsWrong(String name) throws IOException {
        var problems = problems(Files.readString(FOLDER.resolve(name + ".yaml")));
        var found = problems.stream().map(BadRunbooksTest::shown).collect(Collectors.joining("\n"));
        var actual = Path.of("target/bad/runbook", name + ".txt");
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, found);

        assertEquals(Files.readString(FOLDER.resolve(name + ".txt")), found);
        assertTrue(problems.stream().allMatch(problem -> problem.place().isPresent()), "a problem has no place");
        assertTrue(problems.stream().noneMatch(problem -> problem.hint().isEmpty()), "a problem has no hint");
    }

    private static List<Problem> problems(String text) {
        try {
            RunbookReader.read("runbook.yaml", "a test", text);
            return List.of();
        } catch (InvalidDocumentException e) {
            return e.problems();
        }
    }

    private static String shown(Problem problem) {
        var text = new StringBuilder();
        text.append(problem.place().map(Place::toString).orElse("-")).append(": ");
        text.append(problem.code()).append(": ").append(problem.message()).append('\n');
        problem.place()
                .map(Place::source)
                .ifPresent(source -> text.append("  | ").append(source.strip()).append('\n'));
        if (!problem.detail().isEmpty()) {
            text.append("  detail: ").append(problem.detail()).append('\n');
        }
        if (!problem.hint().isEmpty()) {
            text.append("  hint: ").append(problem.hint()).append('\n');
        }
        return text.toString();
    }
}
