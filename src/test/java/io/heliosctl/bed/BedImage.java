package io.heliosctl.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// What `src/test/bed/docker-up` left for the tests: the name of the image of a host.
final class BedImage {

    /// Where the bed keeps its files; Maven runs tests in the project's directory.
    static final Path DIRECTORY = Path.of("target", "bed").toAbsolutePath();

    private static final Path NAME = DIRECTORY.resolve("image");
    private static final Path MAJOR = DIRECTORY.resolve("postgres");

    private BedImage() {}

    static String name() {
        try {
            return Files.readString(NAME).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The major version of PostgreSQL on the hosts: that of the Debian release they are made of.
    static String major() {
        try {
            return Files.exists(MAJOR) ? Files.readString(MAJOR).strip() : "15";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Why the bed cannot be used, if it cannot.
    static Optional<String> obstacle() {
        if (!Files.exists(NAME)) {
            return Optional.of("the image of a host is not there; make it with: src/test/bed/docker-up");
        }
        return Stream.of(
                        "TESTCONTAINERS_RYUK_DISABLED=true",
                        "TESTCONTAINERS_CHECKS_DISABLE=true",
                        "TESTCONTAINERS_HOST_OVERRIDE=localhost")
                .filter(setting -> !setting.endsWith("=" + System.getenv(setting.split("=", 2)[0])))
                .findFirst()
                .map(setting -> "Testcontainers needs the environment variable " + setting + ", which pom.xml sets");
    }
}
