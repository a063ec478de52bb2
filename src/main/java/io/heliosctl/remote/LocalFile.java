package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// Files on this machine that decide whom to trust: nobody else may be able to write them.
final class LocalFile {

    private LocalFile() {}

    /// @throws ProblemException if group or others may write the file: then it says nothing about whom to
    ///     trust
    static String readTrusted(Path file, String what) {
        if (mode(file, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)) {
            throw new ProblemException(Problem.error("ssh-file-writable", what + " " + file + " is writable by others")
                    .hint("chmod go-w " + ShellWords.quote(file.toString())));
        }
        return read(file, what);
    }

    /// @throws ProblemException if group or others may read the file: then it keeps no secret
    static String readPrivate(Path file, String what) {
        if (mode(file, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)) {
            throw new ProblemException(Problem.error("ssh-file-readable", what + " " + file + " is readable by others")
                    .hint("chmod 600 " + ShellWords.quote(file.toString())));
        }
        return read(file, what);
    }

    static String read(Path file, String what) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.error("ssh-file-unreadable", "cannot read " + what + " " + file)
                            .detail(e.toString()),
                    e);
        }
    }

    private static boolean mode(Path file, PosixFilePermission group, PosixFilePermission others) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(group) || permissions.contains(others);
        } catch (IOException e) {
            // Reading it says why.
            return false;
        }
    }
}
