import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One guard switched off: in one file, one text in place of another.
///
/// @param name what is wrong then, in a few words
/// @param file below `src/main/java/io/heliosctl`
/// @param from occurs there exactly once
record Mutant(String name, String file, String from, String to) {

    private static final Path SOURCES = Path.of("src/main/java/io/heliosctl");

    /// Reads a list of mutants. Each begins with `== NAME`, then `-- FILE`, the old text, a line `++`, and the new text,
    /// up to the next one. Lines before the first are for people.
    static List<Mutant> read(Path list) throws IOException {
        var mutants = new ArrayList<Mutant>();
        var parts = ("\n" + Files.readString(list)).split("\n== ");
        for (int index = 1; index < parts.length; index++) {
            mutants.add(parse(parts[index]));
        }
        return mutants;
    }

    private static Mutant parse(String text) {
        var lines = text.split("\n", 3);
        var change = lines[2].split("\n\\+\\+(\n|$)", 2);
        if (!lines[1].startsWith("-- ") || change.length != 2) {
            throw new IllegalArgumentException("not a mutant: " + lines[0]);
        }
        return new Mutant(lines[0], lines[1].substring(3), change[0].strip(), change[1].strip());
    }

    /// The file it changes.
    Path source() {
        return SOURCES.resolve(file);
    }

    /// The file with the change made.
    ///
    /// @throws IllegalStateException if the old text is not there exactly once: then the list has to be brought up to
    ///     date
    String changed() throws IOException {
        var text = Files.readString(source());
        var first = text.indexOf(from);
        if (first < 0 || text.indexOf(from, first + 1) >= 0) {
            throw new IllegalStateException("its text is not in %s exactly once".formatted(file));
        }
        return text.substring(0, first) + to + text.substring(first + from.length());
    }
}
