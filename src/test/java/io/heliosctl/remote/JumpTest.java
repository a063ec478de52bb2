package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Problem;
import io.heliosctl.model.SshSettings;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host behind another one.
class JumpTest {

    private final KeyPair user = FakeSshd.ed25519();
    private final KeyPair hostKey = FakeSshd.ed25519();

    @TempDir
    private Path directory;

    private SshHome home;
    private FakeSshd bastion;
    private FakeSshd sshd;
    private SshHosts hosts;

    @BeforeEach
    void start() {
        home = new SshHome(directory);
        home.key("id_ed25519", user);
        bastion = new FakeSshd(FakeSshd.ed25519()).authorize(user.getPublic()).start();
        sshd = new FakeSshd(hostKey).authorize(user.getPublic()).start();
        home.knownHosts(bastion.knownHostsLine(), sshd.knownHostsLine());
        hosts = new SshHosts(Passphrases.NONE, home.surroundings());
    }

    @AfterEach
    void stop() {
        hosts.close();
        sshd.close();
        bastion.close();
    }

    @Test
    void aHostIsReachedThroughAnother() {
        Remote host = SshHome.connect(hosts, settings());

        assertEquals(
                "through\n",
                assertInstanceOf(Ran.Exited.class, host.run(Command.script("echo through")))
                        .text());
        assertEquals("jumper", bastion.logins().getFirst());
        assertEquals("heliosctl", sshd.logins().getFirst());
    }

    @Test
    void severalHostsShareTheConnectionToTheJumpHost() {
        FakeSshd other =
                new FakeSshd(FakeSshd.ed25519()).authorize(user.getPublic()).start();
        home.knownHosts(bastion.knownHostsLine(), sshd.knownHostsLine(), other.knownHostsLine());
        Map<String, Reached> reached = hosts.open(List.of(
                new Target("pgdb1", "127.0.0.1", settings()),
                new Target("pgdb2", "127.0.0.1", jumping(home.settings(other.port())))));

        assertInstanceOf(Reached.Connected.class, reached.get("pgdb1"), reached::toString);
        assertInstanceOf(Reached.Connected.class, reached.get("pgdb2"), reached::toString);
        assertEquals(1, bastion.connections());
        other.close();
    }

    @Test
    void theKeyOfTheJumpHostIsCheckedToo() {
        home.knownHosts(sshd.knownHostsLine());

        Problem problem = SshHome.refusal(hosts, settings());

        assertEquals("pgdb1: the host key of jumper@127.0.0.1:" + bastion.port() + " is not known", problem.message());
        assertEquals(List.of(), sshd.logins());
    }

    @Test
    void theKeyOfTheHostBehindIsCheckedUnderItsOwnName() {
        home.knownHosts(bastion.knownHostsLine());

        Problem problem = SshHome.refusal(hosts, settings());

        assertEquals("pgdb1: the host key of heliosctl@127.0.0.1:" + sshd.port() + " is not known", problem.message());
    }

    @Test
    void aCertificateOfTheHostBehindNamesThatHost() throws Exception {
        KeyPair authority = FakeSshd.ed25519();
        sshd.withCertificate(OpenSshCertificateBuilder.hostCertificate()
                .id("host")
                .publicKey(hostKey.getPublic())
                .principals(List.of("localhost"))
                .sign(authority, "ssh-ed25519"));
        home.knownHosts(bastion.knownHostsLine(), "@cert-authority localhost " + FakeSshd.text(authority.getPublic()));

        Reached reached = SshHome.open(hosts, "localhost", settings());

        assertInstanceOf(Reached.Connected.class, reached, reached::toString);
    }

    @Test
    void aHostThatTheJumpHostCannotReachIsAProblem() {
        int port = sshd.port();
        sshd.close();

        Problem problem = SshHome.refusal(hosts, settings(port));

        assertTrue(problem.message().startsWith("pgdb1: cannot "), problem::toString);
    }

    private SshSettings settings() {
        return settings(sshd.port());
    }

    private SshSettings settings(int port) {
        return jumping(home.settings(port));
    }

    private SshSettings jumping(SshSettings settings) {
        return SshHome.withJump(settings, "jumper@127.0.0.1:" + bastion.port());
    }
}
