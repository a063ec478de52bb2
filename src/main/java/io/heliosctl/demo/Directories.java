package io.heliosctl.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where a cluster on this machine lives.
final class Directories {

    private static final Path IN_HOME = Path.of(".local", "share", "heliosctl", "demo");

    /// The longest path of a Unix socket, without its final zero byte, on macOS; Linux allows 107.
    private static final int LONGEST_SOCKET = 103;

    private Directories() {}

    /// `~/.local/share/heliosctl/demo`. Root's home is closed to the user that the servers run as; then it is
    /// `demo` in the build's own `target`, or, where that is closed too, the same folder in that user's home.
    static Path usual(Account account) {
        Path own = Path.of(System.getProperty("user.home")).resolve(IN_HOME);
        if (!account.isAnother() || isOpenToAll(own)) {
            return own;
        }
        return target().map(target -> target.resolve("demo"))
                .filter(Directories::isOpenToAll)
                .findFirst()
                .orElse(account.home().resolve(IN_HOME));
    }

    private static Stream<Path> target() {
        try {
            Path code = Path.of(Directories.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.of(code.getParent()).filter(folder -> folder.endsWith("target"));
        } catch (URISyntaxException e) {
            return Stream.empty();
        }
    }

    /// Whether everybody may walk to it: through every folder above that there is already.
    private static boolean isOpenToAll(Path path) {
        return Stream.iterate(path.toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(Files::exists)
                .allMatch(folder -> {
                    try {
                        return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    /// Makes the directory for a new cluster; an earlier cluster in it is stopped and removed.
    ///
    /// @return its real path, as processes will name it
    static Path prepare(Path directory) {
        try {
            if (Plan.isIn(directory)) {
                LoopbackCluster.open(directory).remove();
            } else if (Files.exists(directory) && !isEmpty(directory)) {
                throw Failures.notOurs(directory);
            }
            Path real = make(directory).toRealPath();
            Path socket = real.resolve("pgdb1").resolve("run").resolve(".s.PGSQL.20000");
            if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
                throw Failures.pathTooLong(socket);
            }
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    static Path make(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    /// Removes a cluster's directory with everything in it; links are removed and not followed.
    static void remove(Path directory) {
        if (!Plan.isIn(directory)) {
            throw Failures.notOurs(directory);
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
