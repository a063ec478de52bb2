package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every file in bad/inventory is refused with exactly what its neighbour `.txt` says: all problems, each with
/// its place, the line, and what to do about it.
class BadInventoriesTest {

    private static final Path FOLDER = Path.of("src/test/resources/bad/inventory");

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
        var found = Read.problems(Files.readAllBytes(FOLDER.resolve(name + ".yaml")), List.of());
        var actual = Path.of("target/bad/inventory", name + ".txt");
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, found);

        assertEquals(Files.readString(FOLDER.resolve(name + ".txt")), found);
    }
}
