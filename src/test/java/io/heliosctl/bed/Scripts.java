package io.heliosctl.bed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The shell scripts and SQL the bed is made with, by name.
final class Scripts {

    private Scripts() {}

    /// A script of `src/test/resources/bed`.
    static String script(String name) {
        return resource("/bed/" + name + ".sh").replace("@MAJOR@", BedImage.major());
    }

    static String resource(String path) {
        try (InputStream stream = Objects.requireNonNull(Scripts.class.getResourceAsStream(path), path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
