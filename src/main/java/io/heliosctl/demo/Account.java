package io.heliosctl.demo;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.stream.Stream;

/// The operating system user that the servers run as: this process's own, or `postgres` where this process is
/// root, as PostgreSQL and PgBouncer refuse to run as root.
///
/// @param become the words that turn a command into one of that user; none if it is this process's own
public record Account(String user, Path home, List<String> become) {

    private static final String OWNER = "postgres";

    public Account {
        become = List.copyOf(become);
    }

    /// The account for this process.
    ///
    /// @throws ProblemException if this process is root and there is no user `postgres`
    public static Account current() {
        if (!System.getProperty("user.name").equals("root")) {
            return self();
        }
        // No shell and no PAM session between: setpriv replaces itself by the command.
        return new Account(
                OWNER, homeOf(OWNER), List.of("setpriv", "--reuid", OWNER, "--regid", OWNER, "--init-groups", "--"));
    }

    /// This process's own user, root included.
    static Account self() {
        return new Account(System.getProperty("user.name"), Path.of(System.getProperty("user.home")), List.of());
    }

    /// Whether the servers run as another user than this process.
    boolean isAnother() {
        return !become.isEmpty();
    }

    List<String> words(List<String> words) {
        return Stream.concat(become.stream(), words.stream()).toList();
    }

    /// Makes a directory, and its parents, that the servers may write to and nobody else may read.
    void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
            Private.directory(directory);
            own(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    /// Writes a file that belongs to the servers and that nobody else may read.
    void write(Path file, String text) {
        Private.write(file, text);
        own(file);
    }

    private void own(Path path) {
        if (!isAnother()) {
            return;
        }
        try {
            var lookup = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, lookup.lookupPrincipalByName(user));
            Files.getFileAttributeView(path, PosixFileAttributeView.class)
                    .setGroup(lookup.lookupPrincipalByGroupName(user));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + path + " to " + user, e);
        }
    }

    private static Path homeOf(String user) {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields[0].equals(user) && fields.length > 5)
                    .findFirst()
                    .map(fields -> Path.of(fields[5]))
                    .orElseThrow(() -> new ProblemException(Problem.error("no-server-user", "no user " + user + " here")
                            .detail("PostgreSQL does not run as root; its servers would run as " + user + ".")
                            .hint("Install Debian's package postgresql, or run this as an ordinary user.")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /etc/passwd", e);
        }
    }
}
