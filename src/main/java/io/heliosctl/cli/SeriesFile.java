package io.heliosctl.cli;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A file for node_exporter's textfile collector, which reads it at any moment: it is replaced as a whole.
record SeriesFile(Path path) {

    /// Writes it, readable for everybody.
    ///
    /// @throws ProblemException `prom-not-written`
    void write(String text) {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it is no regular file");
            }
            // The collector reads what ends in .prom only.
            var fresh = Files.createTempFile(path.toAbsolutePath().getParent(), "." + path.getFileName(), ".new");
            try {
                Files.writeString(fresh, text);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.error("prom-not-written", "cannot write " + path)
                            .detail("%s: %s.".formatted(e.getClass().getSimpleName(), e.getMessage()))
                            .hint("Does its folder exist, and may you write there?"),
                    e);
        }
    }
}
