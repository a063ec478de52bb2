package io.heliosctl.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A line for each case of a long test, on the terminal and in a file below `target` that can be watched
/// meanwhile.
public record CaseTable(Path file) {

    /// Empties the file of an earlier run.
    public static CaseTable begin(String name) {
        var file = Path.of("target", name);
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CaseTable(file);
    }

    public void line(String text) {
        System.out.println(text);
        try {
            Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
