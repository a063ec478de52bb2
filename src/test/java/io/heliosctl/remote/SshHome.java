package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.heliosctl.model.Problem;
import io.heliosctl.model.SshSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/// A user's home directory with an `.ssh`, for a client that looks nowhere else.
final class SshHome {

    private final Path home;

    SshHome(Path home) {
        this.home = home;
        try {
            Files.createDirectories(home.resolve(".ssh"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String name) {
        return home.resolve(".ssh").resolve(name);
    }

    Path write(String name, String... lines) {
        try {
            Path file = Files.write(path(name), List.of(lines));
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path knownHosts(String... lines) {
        return write("known_hosts", lines);
    }

    /// A private key and its public one, as ssh-keygen leaves them.
    Path key(String name, KeyPair pair) {
        return key(name, pair, null);
    }

    Path key(String name, KeyPair pair, OpenSSHKeyEncryptionContext encryption) {
        Path file = write(name);
        try (OutputStream stream = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", encryption, stream);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        write(name + ".pub", FakeSshd.text(pair.getPublic()));
        return file;
    }

    Surroundings surroundings() {
        return new Surroundings(home, "operator", Optional.empty());
    }

    Surroundings surroundings(Path agent) {
        return new Surroundings(home, "operator", Optional.of(agent));
    }

    SshSettings settings(int port) {
        return settings(Optional.of(port));
    }

    SshSettings settings(Optional<Integer> port) {
        return new SshSettings(
                Optional.of("heliosctl"),
                port,
                Optional.empty(),
                path("known_hosts"),
                Optional.empty(),
                Optional.of(path("config")),
                Duration.ofSeconds(5));
    }

    static SshSettings withKey(SshSettings settings, Path key) {
        return new SshSettings(
                settings.user(),
                settings.port(),
                Optional.of(key),
                settings.knownHosts(),
                settings.jump(),
                settings.config(),
                settings.connectTimeout());
    }

    static SshSettings withJump(SshSettings settings, String jump) {
        return new SshSettings(
                settings.user(),
                settings.port(),
                settings.key(),
                settings.knownHosts(),
                Optional.of(jump),
                settings.config(),
                settings.connectTimeout());
    }

    static SshSettings withConnectTimeout(SshSettings settings, Duration limit) {
        return new SshSettings(
                settings.user(),
                settings.port(),
                settings.key(),
                settings.knownHosts(),
                settings.jump(),
                settings.config(),
                limit);
    }

    static Reached open(SshHosts hosts, SshSettings settings) {
        return open(hosts, "127.0.0.1", settings);
    }

    static Reached open(SshHosts hosts, String host, SshSettings settings) {
        Map<String, Reached> reached = hosts.open(List.of(new Target("pgdb1", host, settings)));
        return reached.get("pgdb1");
    }

    static Remote connect(SshHosts hosts, SshSettings settings) {
        Reached reached = open(hosts, settings);
        return assertInstanceOf(Reached.Connected.class, reached, reached::toString)
                .remote();
    }

    static Problem refusal(SshHosts hosts, SshSettings settings) {
        Reached reached = open(hosts, settings);
        return assertInstanceOf(Reached.Failed.class, reached, reached::toString)
                .problem();
    }
}
