package io.heliosctl.inventory;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// A secret in a file, refused as OpenSSH refuses a key: if others could read it, or another one owns it.
final class SecretFile {

    private static final int LIMIT = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private SecretFile() {}

    static Secret read(String name, Path path) {
        try {
            checkPrivate(name, path);
            if (Files.size(path) > LIMIT) {
                throw problem("secret-unreadable", name, path + " is longer than 64 kB", "Is it the right file?");
            }
            var line = new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (line.isEmpty()) {
                throw problem(
                        "secret-missing", name, "the first line of " + path + " is empty", "Write the secret there.");
            }
            return new Secret(line);
        } catch (NoSuchFileException e) {
            throw problem("secret-missing", name, "there is no file " + path, "Make it with mode 0600.");
        } catch (IOException e) {
            throw problem("secret-unreadable", name, "cannot read " + path, "ls -l " + path + " shows who may.");
        }
    }

    private static void checkPrivate(String name, Path path) throws IOException {
        var attributes = Files.readAttributes(path, PosixFileAttributes.class);
        if (!OWNER_ONLY.containsAll(attributes.permissions())) {
            throw problem("secret-exposed", name, "others may read or write " + path, "chmod 600 " + path);
        }
        var me = path.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        if (!attributes.owner().equals(me)) {
            throw problem(
                    "secret-exposed",
                    name,
                    path + " belongs to " + attributes.owner().getName(),
                    "chown " + me.getName() + " " + path);
        }
    }

    private static ProblemException problem(String code, String name, String message, String hint) {
        return new ProblemException(Problem.error(code, "secret \"%s\": %s".formatted(name, message))
                .hint(hint));
    }
}
