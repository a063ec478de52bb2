package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import io.heliosctl.model.SshSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Logging in: which key is used, and what is said when none fits.
class LoginTest {

    private final KeyPair user = FakeSshd.ed25519();
    private final KeyPair stranger = FakeSshd.ed25519();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private SshHome home;
    private FakeSshd sshd;

    @BeforeEach
    void start() {
        home = new SshHome(directory);
        sshd = new FakeSshd(FakeSshd.ed25519()).authorize(user.getPublic()).start();
        open.add(sshd);
        home.knownHosts(sshd.knownHostsLine());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"ssh-ed25519, 256, id_ed25519", "ecdsa-sha2-nistp256, 256, id_ecdsa", "ssh-rsa, 2048, id_rsa"})
    void theDefaultKeysAreTried(String type, int bits, String name) {
        KeyPair pair = FakeSshd.generate(type, bits);
        sshd.authorize(pair.getPublic());
        home.key(name, pair);

        assertTrue(SshHome.connect(hosts(), settings()).isOpen());
    }

    @Test
    void theKeyOfTheInventoryIsTheOnlyOneOffered() {
        home.key("id_ed25519", user);
        Path wrong = home.key("wrong", stranger);

        Problem problem = SshHome.refusal(hosts(), SshHome.withKey(settings(), wrong));

        assertEquals("ssh-login-refused", problem.code());
        assertEquals("pgdb1: 127.0.0.1 does not let heliosctl log in", problem.message());
        assertEquals("Offered: " + wrong + ".", problem.detail());
    }

    @Test
    void aWrongPassphraseIsAskedForAgainAndARightOneNever() throws IOException {
        Path key = encrypted("deploy", "correct horse");
        SshHosts hosts = hosts("wrong", "correct horse");

        assertTrue(SshHome.connect(hosts, keyed(key)).isOpen());
        assertTrue(SshHome.connect(hosts, keyed(key)).isOpen());

        assertEquals(List.of(key + " 1", key + " 2"), asked);
    }

    @Test
    void parallelHostsWaitForOneAnswerAboutTheKey() throws IOException {
        Path key = encrypted("deploy", "correct horse");
        FakeSshd second =
                new FakeSshd(FakeSshd.ed25519()).authorize(user.getPublic()).start();
        open.add(second);
        home.knownHosts(sshd.knownHostsLine(), second.knownHostsLine());

        Map<String, Reached> reached = hosts("correct horse")
                .open(List.of(
                        new Target("pgdb1", "127.0.0.1", keyed(key)),
                        new Target("pgdb2", "127.0.0.1", SshHome.withKey(home.settings(second.port()), key))));

        assertInstanceOf(Reached.Connected.class, reached.get("pgdb1"), reached::toString);
        assertInstanceOf(Reached.Connected.class, reached.get("pgdb2"), reached::toString);
        assertEquals(List.of(key + " 1"), asked);
    }

    @Test
    void anEncryptedKeyThatNobodyOpensIsAProblem() throws IOException {
        Path key = encrypted("deploy", "correct horse");

        Problem problem = SshHome.refusal(hosts(), keyed(key));

        assertEquals("ssh-key-locked", problem.code());
        assertEquals("Load the key into ssh-agent: ssh-add '" + key + "'", problem.hint());
        assertEquals(List.of(), sshd.logins());
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        Path key = home.key("deploy", user);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertEquals(
                "pgdb1: the private key " + key + " is readable by others",
                SshHome.refusal(hosts(), keyed(key)).message());
    }

    @Test
    void aKeyFileThatIsMissingOrNoKeyIsAProblem() {
        assertEquals(
                "ssh-file-unreadable",
                SshHome.refusal(hosts(), keyed(home.path("nowhere"))).code());
        assertEquals(
                "ssh-key-unusable",
                SshHome.refusal(hosts(), keyed(home.write("junk", "not a key"))).code());
    }

    @Test
    void withoutAnyKeyNothingIsConnected() {
        assertEquals(
                "pgdb1: there is no key to log in with",
                SshHome.refusal(hosts(), settings()).message());
        assertEquals(List.of(), sshd.logins());
    }

    @Test
    void aCertificateBesideTheKeyIsUsed() throws Exception {
        KeyPair authority = FakeSshd.ed25519();
        OpenSshCertificate certificate = OpenSshCertificateBuilder.userCertificate()
                .id("operator")
                .publicKey(stranger.getPublic())
                .principals(List.of("heliosctl"))
                .sign(authority, "ssh-ed25519");
        sshd.authorize(authority.getPublic());
        Path key = home.key("deploy", stranger);
        home.write("deploy-cert.pub", FakeSshd.text(certificate));

        assertTrue(SshHome.connect(hosts(), keyed(key)).isOpen());
    }

    @Test
    void theAgentSigns() throws IOException {
        FakeAgent agent = agent(stranger, user);

        assertTrue(SshHome.connect(hosts(agent), settings()).isOpen());
        assertEquals(1, agent.signatures());
    }

    @Test
    void anAgentIsAskedForTheInventorysKeyAloneAndNoPassphraseIsNeeded() throws IOException {
        FakeAgent agent = agent(stranger, user);
        Path key = encrypted("deploy", "unknown");

        assertTrue(SshHome.connect(hosts(agent), keyed(key)).isOpen());
        assertEquals(List.of("heliosctl", "heliosctl"), sshd.logins());
        assertEquals(List.of(), asked);
    }

    @Test
    void anAgentThatIsGoneIsNoHindrance() {
        home.key("id_ed25519", user);
        SshHosts hosts = new SshHosts(Passphrases.NONE, home.surroundings(directory.resolve("gone")));
        open.add(hosts);

        assertTrue(SshHome.connect(hosts, settings()).isOpen());
    }

    @Test
    void twoNamesOfOneHostShareAConnectionAndTheLastOneClosesIt() {
        home.key("id_ed25519", user);
        Map<String, Reached> reached = hosts().open(List.of(
                new Target("pgdb1", "127.0.0.1", settings()), new Target("pgb1", "127.0.0.1", settings())));

        Remote node =
                assertInstanceOf(Reached.Connected.class, reached.get("pgdb1")).remote();
        Remote pooler =
                assertInstanceOf(Reached.Connected.class, reached.get("pgb1")).remote();
        assertNotSame(node, pooler);
        assertEquals("pgb1", pooler.name());
        assertEquals(1, sshd.connections());

        node.close();
        assertTrue(pooler.run(Command.script("true")) instanceof Ran.Exited);
    }

    @Test
    void aBadHostDoesNotKeepTheOthersFromBeingReached() throws IOException {
        home.key("id_ed25519", user);
        int nobody = freePort();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, Reached> reached = hosts().open(List.of(
                    new Target("good", "127.0.0.1", settings()),
                    new Target("refusing", "127.0.0.1", home.settings(nobody)),
                    new Target("unknown", "no-such-host.invalid", settings()),
                    new Target(
                            "silent",
                            "127.0.0.1",
                            SshHome.withConnectTimeout(home.settings(silent.getLocalPort()), Duration.ofMillis(500)))));

            assertEquals(List.of("good", "refusing", "unknown", "silent"), List.copyOf(reached.keySet()));
            assertInstanceOf(Reached.Connected.class, reached.get("good"));
            assertFailed("ssh-refused", reached.get("refusing"));
            assertFailed("ssh-host-unknown", reached.get("unknown"));
            assertFailed("ssh-timeout", reached.get("silent"));
        }
    }

    @Test
    void aServerThatIsSilentOnceIsDialledOnceMore() {
        home.key("id_ed25519", user);
        sshd.silent(1);

        Remote host = SshHome.connect(hosts(), SshHome.withConnectTimeout(settings(), Duration.ofSeconds(1)));

        assertTrue(host.isOpen());
    }

    @Test
    void aServerThatIsSilentTwiceIsNot() {
        home.key("id_ed25519", user);
        sshd.silent(2);

        Reached reached = hosts().open(List.of(new Target(
                        "silent", "127.0.0.1", SshHome.withConnectTimeout(settings(), Duration.ofSeconds(1)))))
                .get("silent");

        assertFailed("ssh-timeout", reached);
        assertTrue(
                ((Reached.Failed) reached)
                        .problem()
                        .detail()
                        .equals("Twice it accepted the connection and then exchanged no keys, for 1 s and for 2 s."),
                reached::toString);
    }

    @Test
    void aProgramThatCannotBeStartedOnALostConnectionIsAProblem() {
        home.key("id_ed25519", user);
        Remote host = SshHome.connect(hosts(), settings());
        host.close();

        ProblemException thrown = assertThrows(ProblemException.class, () -> host.start(Command.script("cat")));

        assertEquals("host-refused", thrown.problems().getFirst().code());
    }

    @Test
    void aLostHostCanBeReachedAgain() {
        home.key("id_ed25519", user);
        SshHosts hosts = hosts();
        Remote first = SshHome.connect(hosts, settings());
        sshd.dropConnections();
        Deadline deadline = Deadline.in(Duration.ofSeconds(5));
        while (first.isOpen() && !deadline.hasPassed()) {
            Thread.onSpinWait();
        }

        assertTrue(SshHome.connect(hosts, settings()).isOpen());
    }

    @Test
    void wordsToBecomeAnotherUserAreFewAndExact() {
        home.key("id_ed25519", user);
        Remote host = SshHome.connect(hosts(), settings());

        assertEquals(List.of(), host.become("heliosctl"));
        assertEquals(List.of("sudo", "-n", "--"), host.become("root"));
        assertEquals(List.of("sudo", "-n", "-u", "postgres", "--"), host.become("postgres"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void assertFailed(String code, Reached reached) {
        assertEquals(
                code, assertInstanceOf(Reached.Failed.class, reached).problem().code());
    }

    private SshSettings settings() {
        return home.settings(sshd.port());
    }

    private SshSettings keyed(Path key) {
        return SshHome.withKey(settings(), key);
    }

    private SshHosts hosts(String... passphrases) {
        SshHosts hosts = new SshHosts(
                (key, attempt) -> {
                    asked.add(key + " " + attempt);
                    return attempt > passphrases.length
                            ? Optional.empty()
                            : Optional.of(new Secret(passphrases[attempt - 1]));
                },
                home.surroundings());
        open.add(hosts);
        return hosts;
    }

    private SshHosts hosts(FakeAgent agent) {
        SshHosts hosts = new SshHosts(Passphrases.NONE, home.surroundings(agent.socket()));
        open.add(hosts);
        return hosts;
    }

    private FakeAgent agent(KeyPair... keys) throws IOException {
        FakeAgent agent = new FakeAgent(directory.resolve("agent"), keys);
        open.add(agent);
        return agent;
    }

    private Path encrypted(String name, String passphrase) throws IOException {
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setPassword(passphrase);
        encryption.setCipherType("256");
        return home.key(name, user, encryption);
    }
}
