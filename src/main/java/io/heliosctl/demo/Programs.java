package io.heliosctl.demo;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The installed programs a cluster is made of.
///
/// @param postgresBin the folder of `initdb`, `pg_ctl` and the like; the newest version installed
/// @param version the major version in that folder
public record Programs(Path postgresBin, int version, Path pgbouncer, Path psql) {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final List<String> ELSEWHERE = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");

    /// Finds them.
    ///
    /// @throws ProblemException if one is missing, with what to install
    public static Programs find() {
        Path bin = newest().orElseThrow(() -> missing("PostgreSQL", "initdb in " + DEBIAN + "/*/bin or on PATH"));
        Path pgbouncer =
                onPath("pgbouncer").orElseThrow(() -> missing("PgBouncer", "pgbouncer on PATH or in /usr/sbin"));
        return new Programs(bin, version(bin), pgbouncer, bin.resolve("psql"));
    }

    String postgres(String program) {
        return postgresBin.resolve(program).toString();
    }

    private static ProblemException missing(String what, String looked) {
        return new ProblemException(
                Problem.error("program-missing", what + " is not installed")
                        .detail("Looked for " + looked + ".")
                        .hint(
                                "Debian, Ubuntu: sudo apt-get install postgresql pgbouncer; macOS: brew install postgresql pgbouncer"));
    }

    private static Optional<Path> newest() {
        if (!Files.isDirectory(DEBIAN)) {
            return onPath("initdb").map(Programs::realFolder);
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(Programs::version))
                    .or(() -> onPath("initdb").map(Programs::realFolder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path realFolder(Path program) {
        try {
            return program.toRealPath().getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Debian's folders say it; elsewhere the program does, and a recent one is assumed.
    private static int version(Path bin) {
        String folder = bin.getParent().getFileName().toString();
        return folder.matches("[0-9]{2}") ? Integer.parseInt(folder) : 15;
    }

    private static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), ELSEWHERE.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
