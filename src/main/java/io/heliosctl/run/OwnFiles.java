package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Whether a file or directory is this user's alone. What a run does next is read from there.
final class OwnFiles {

    private static final int OTHERS = 0077;

    private static final String MOVE = "Look what it is, and move it away; or set XDG_STATE_HOME to another directory.";

    private OwnFiles() {}

    /// @throws ProblemException `state-unsafe` if it is not, or is a symbolic link
    static void requireDirectory(Path path) throws IOException {
        require(path, "directory", "isDirectory", "700");
    }

    /// @throws ProblemException `state-unsafe` if it is not, or is a symbolic link
    static void requireFile(Path path) throws IOException {
        require(path, "file", "isRegularFile", "600");
    }

    private static void require(Path path, String kind, String isKind, String mode) throws IOException {
        var found = Files.readAttributes(path, "unix:uid,mode," + isKind, LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(found.get(isKind))) {
            throw unsafe(path, "It is no " + kind + " but something else, such as a symbolic link.", MOVE);
        }
        var owner = (Integer) found.get("uid");
        if (owner != me()) {
            throw unsafe(path, "It belongs to user id %d, and this runs as %d.".formatted(owner, me()), MOVE);
        }
        var bits = (Integer) found.get("mode") & 07777;
        if ((bits & OTHERS) != 0) {
            throw unsafe(
                    path,
                    "Its mode is %04o: others can get at it.".formatted(bits),
                    "chmod %s %s".formatted(mode, path));
        }
    }

    private static ProblemException unsafe(Path path, String detail, String hint) {
        return new ProblemException(Problem.error("state-unsafe", "runs cannot be kept safe in " + path)
                .detail(detail)
                .hint(hint));
    }

    /// The user id this process works as. The name of the user can be set to anything; who owns `/proc/self`
    /// cannot.
    private static int me() throws IOException {
        var process = Path.of("/proc/self");
        if (Files.exists(process)) {
            return (Integer) Files.getAttribute(process, "unix:uid");
        }
        var probe = Files.createTempFile("heliosctl", ".uid");
        try {
            return (Integer) Files.getAttribute(probe, "unix:uid");
        } finally {
            Files.delete(probe);
        }
    }
}
