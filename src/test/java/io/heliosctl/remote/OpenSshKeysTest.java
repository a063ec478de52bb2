package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Secret;
import io.heliosctl.model.SshSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys, certificates, agents and known_hosts files as OpenSSH's own programs make them.
@Tag("loopback")
class OpenSshKeysTest {

    private static final String USER = System.getProperty("user.name");

    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path directory;

    private SshHome home;

    @BeforeEach
    void home() {
        assumeTrue(Files.isExecutable(OpenSshd.PROGRAM), "there is no sshd here");
        home = new SshHome(directory);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ed25519",
                "-t ecdsa -b 256",
                "-t ecdsa -b 521",
                "-t rsa -b 3072",
                "-t rsa -b 2048 -m PEM",
                "-t ecdsa -b 384 -m PEM",
                "-t rsa -b 2048 -m PKCS8"
            })
    void everyKindOfKeyLogsInPlainAndEncrypted(String kind) throws Exception {
        for (String passphrase : kind.contains("PKCS8") ? List.of("") : List.of("", "correct horse")) {
            Path key = home.path("key" + passphrase.length());
            List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", passphrase, "-f", key.toString()));
            words.addAll(List.of(kind.split(" ")));
            run(words.toArray(String[]::new));
            OpenSshd sshd = sshd(Files.readString(Path.of(key + ".pub")));

            assertTrue(
                    connects(sshd, new SshHosts((file, attempt) -> Optional.of(new Secret(passphrase)), here()), key));
        }
    }

    @Test
    void aUserCertificateLogsIn() throws Exception {
        keygen("-t", "ed25519", "-f", path("ca"));
        keygen("-t", "ed25519", "-f", path("key"));
        keygen("-s", path("ca"), "-I", "operator", "-n", USER, "-V", "+1h", path("key.pub"));
        OpenSshd sshd = sshd("", "TrustedUserCAKeys " + path("ca.pub"));

        assertTrue(connects(sshd, new SshHosts(Passphrases.NONE, here()), home.path("key")));
    }

    @Test
    void aHashedKnownHostsFileIsUnderstood() throws Exception {
        keygen("-t", "ed25519", "-f", path("key"));
        OpenSshd sshd = sshd(Files.readString(home.path("key.pub")));
        run("ssh-keygen", "-H", "-f", path("known_hosts"));
        assertTrue(Files.readString(home.path("known_hosts")).startsWith("|1|"));

        assertTrue(connects(sshd, new SshHosts(Passphrases.NONE, here()), home.path("key")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void theAgentOpensAnEncryptedKey(String type) throws Exception {
        Path socket = agent();
        Path key = home.path("key");
        keygen("-t", type, "-f", key.toString());
        run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
        run("ssh-keygen", "-q", "-p", "-P", "", "-N", "unknown here", "-f", key.toString());
        OpenSshd sshd = sshd(Files.readString(Path.of(key + ".pub")));

        assertTrue(connects(sshd, new SshHosts(Passphrases.NONE, home.surroundings(socket)), key));
    }

    @Test
    void theAgentHoldsACertificate() throws Exception {
        Path socket = agent();
        keygen("-t", "ed25519", "-f", path("ca"));
        keygen("-t", "ed25519", "-f", path("key"));
        keygen("-s", path("ca"), "-I", "operator", "-n", USER, path("key.pub"));
        run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", path("key"));
        Files.delete(home.path("key"));
        OpenSshd sshd = sshd("", "TrustedUserCAKeys " + path("ca.pub"));

        assertTrue(connects(sshd, new SshHosts(Passphrases.NONE, home.surroundings(socket)), home.path("key")));
    }

    private boolean connects(OpenSshd sshd, SshHosts hosts, Path key) {
        open.add(hosts);
        SshSettings settings = home.settings(sshd.port());
        SshSettings asUser = new SshSettings(
                Optional.of(USER),
                settings.port(),
                Optional.of(key),
                settings.knownHosts(),
                settings.jump(),
                settings.config(),
                settings.connectTimeout());
        Remote host = SshHome.connect(hosts, asUser);
        return host.run(Command.script("true")) instanceof Ran.Exited exited && exited.ok();
    }

    private OpenSshd sshd(String authorized, String... config) throws IOException, InterruptedException {
        KeyPair nobody = FakeSshd.ed25519();
        Path keys = home.write("authorized", authorized);
        List<String> lines = new ArrayList<>(List.of(config));
        lines.addFirst("AuthorizedKeysFile " + keys);
        OpenSshd sshd = new OpenSshd(directory, nobody, lines.toArray(String[]::new));
        open.add(sshd);
        home.knownHosts(sshd.knownHostsLine());
        return sshd;
    }

    private Path agent() throws IOException {
        Path socket = directory.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        open.add(agent::destroy);
        Deadline deadline = Deadline.in(Duration.ofSeconds(5));
        while (!Files.exists(socket) && !deadline.hasPassed()) {
            Thread.onSpinWait();
        }
        return socket;
    }

    private Surroundings here() {
        return home.surroundings();
    }

    private String path(String name) {
        return home.path(name).toString();
    }

    private static void keygen(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", ""));
        if (List.of(words).contains("-s")) {
            all.subList(2, 4).clear();
        }
        all.addAll(List.of(words));
        run(all.toArray(String[]::new));
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", words) + ": " + output);
    }
}
