package io.heliosctl.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.stream.Collectors;

/// What the operator has on the own machine: an SSH key, the hosts' keys, the replicator's password, the
/// inventory.
///
/// @param directory of this bed alone, readable by nobody else
record BedFiles(Path directory) {

    static BedFiles create() {
        Path directory =
                BedImage.DIRECTORY.resolve(Long.toString(ProcessHandle.current().pid()));
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            BedFiles files = new BedFiles(directory);
            files.makeKey();
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path key() {
        return directory.resolve("id_ed25519");
    }

    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    Path replicatorSecret() {
        return directory.resolve("replicator.secret");
    }

    Path inventory() {
        return directory.resolve("inventory.yaml");
    }

    String publicKey() {
        return read(directory.resolve("id_ed25519.pub"));
    }

    /// The keys every host really has, learnt past SSH.
    void learn(Collection<Host> hosts) {
        write(knownHosts(), hosts.stream().map(BedFiles::keysOf).collect(Collectors.joining()));
    }

    private static String keysOf(Host host) {
        return host.succeed("cat /etc/ssh/ssh_host_*_key.pub")
                .lines()
                .map(line -> host.address() + " " + line.substring(0, line.lastIndexOf(' ')) + "\n")
                .collect(Collectors.joining());
    }

    void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeKey() throws IOException {
        Files.deleteIfExists(key());
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bed", "-f", key().toString())
                .inheritIO()
                .start();
        try {
            if (keygen.waitFor() != 0) {
                throw new IOException("ssh-keygen made no key " + key());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
