package io.heliosctl.health;

import io.heliosctl.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Where it is kept how checks ended: one file for each cluster of each inventory.
///
/// @param directory for its owner only
public record CheckMemories(Path directory) {

    /// What is known; nothing where it cannot be read.
    public CheckMemory read(String cluster, Path inventory) {
        try {
            return CheckMemory.of(Files.readString(file(cluster, inventory)));
        } catch (IOException e) {
            return CheckMemory.none();
        }
    }

    /// Keeps it.
    ///
    /// @throws IOException if it cannot be written; nothing depends on it but what is said the next time
    public void write(String cluster, Path inventory, CheckMemory memory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var file = file(cluster, inventory);
        var fresh = Files.createTempFile(directory, "check", ".new");
        try {
            Files.writeString(fresh, memory.text());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Path file(String cluster, Path inventory) {
        var key = Bytes.of(inventory.toAbsolutePath().normalize() + "\n" + cluster)
                .sha256();
        return directory.resolve(cluster.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + key.substring(0, 12) + ".json");
    }
}
