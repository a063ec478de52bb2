package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connection is made to hosts whose key is known, and to no others.
class HostKeysTest {

    private final KeyPair hostKey = FakeSshd.ed25519();
    private final KeyPair otherKey = FakeSshd.ed25519();
    private final KeyPair authority = FakeSshd.ed25519();
    private final KeyPair user = FakeSshd.ed25519();

    @TempDir
    private Path directory;

    private SshHome home;
    private FakeSshd sshd;
    private SshHosts hosts;

    @BeforeEach
    void start() {
        home = new SshHome(directory);
        home.key("id_ed25519", user);
        sshd = new FakeSshd(hostKey).authorize(user.getPublic()).start();
        hosts = new SshHosts(Passphrases.NONE, home.surroundings());
    }

    @AfterEach
    void stop() {
        hosts.close();
        sshd.close();
    }

    @Test
    void aKnownKeyIsAccepted() {
        home.knownHosts("# comment", "", sshd.knownHostsLine() + " comment");
        assertConnects();
    }

    @Test
    void aHashedNameIsFound() throws Exception {
        home.knownHosts(hashed("[127.0.0.1]:" + sshd.port()) + " " + FakeSshd.text(hostKey.getPublic()));
        assertConnects();
    }

    @Test
    void aLineWithoutAPortServesEveryPort() {
        home.knownHosts("127.0.0.* " + FakeSshd.text(hostKey.getPublic()));
        assertConnects();
    }

    @Test
    void anUnknownKeyIsRefusedWithItsFingerprintAndNothingIsWrittenDown() throws IOException {
        Path file = home.knownHosts("elsewhere " + FakeSshd.text(hostKey.getPublic()));

        Problem problem = refusal();

        String where = "heliosctl@127.0.0.1:" + sshd.port();
        assertEquals("host-key-unknown", problem.code());
        assertEquals("pgdb1: the host key of " + where + " is not known", problem.message());
        assertEquals(
                "It offers ssh-ed25519 " + fingerprint(hostKey.getPublic()) + "; " + file
                        + " has no key for [127.0.0.1]:" + sshd.port() + ".",
                problem.detail());
        assertTrue(problem.hint().endsWith("ssh-keyscan -p " + sshd.port() + " -t ed25519 127.0.0.1 >> " + file));
        assertEquals(List.of("elsewhere " + FakeSshd.text(hostKey.getPublic())), Files.readAllLines(file));
        assertEquals(List.of(), sshd.logins());
    }

    @Test
    void aChangedKeyIsRefusedWithBothFingerprints() {
        Path file = home.knownHosts("[127.0.0.1]:" + sshd.port() + " " + FakeSshd.text(otherKey.getPublic()));

        Problem problem = refusal();

        assertEquals("host-key-changed", problem.code());
        assertEquals(
                "It offers ssh-ed25519 " + fingerprint(hostKey.getPublic()) + "; " + file + " has ssh-ed25519 "
                        + fingerprint(otherKey.getPublic())
                        + ". Either the host was installed anew or somebody is in between.",
                problem.detail());
    }

    @Test
    void aRevokedKeyIsRefusedEvenIfItIsKnown() {
        home.knownHosts(sshd.knownHostsLine(), "@revoked * " + FakeSshd.text(hostKey.getPublic()));
        assertEquals("host-key-revoked", refusal().code());
    }

    @Test
    void aRevocationThatCannotBeReadIsNotPassedOver() {
        home.knownHosts(sshd.knownHostsLine(), "@revoked * ssh-ed25519 rubbish", "elsewhere ssh-ed25519 rubbish");
        assertEquals("known-hosts-unclear", refusal().code());
    }

    @Test
    void withoutAKnownHostsFileNothingIsConnected() {
        Problem problem = refusal();

        assertEquals("pgdb1: there is no known_hosts file " + home.path("known_hosts"), problem.message());
        assertEquals(0, sshd.connections());
    }

    @Test
    void aKnownHostsFileThatOthersMayWriteSaysNothing() throws IOException {
        Path file = home.knownHosts(sshd.knownHostsLine());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        Problem problem = refusal();

        assertEquals("pgdb1: the known_hosts file " + file + " is writable by others", problem.message());
        assertEquals("chmod go-w '" + file + "'", problem.hint());
    }

    @Test
    void ofSeveralHostKeysTheKnownSortIsAskedFor() {
        KeyPair ecdsa = FakeSshd.generate("ecdsa-sha2-nistp256", 256);
        sshd.close();
        sshd = new FakeSshd(ecdsa, hostKey).authorize(user.getPublic()).start();
        home.knownHosts("[127.0.0.1]:" + sshd.port() + " " + FakeSshd.text(hostKey.getPublic()));
        assertConnects();
    }

    @Test
    void aCertificateOfAKnownAuthorityIsAccepted() {
        certify(builder -> builder.principals(List.of("127.0.0.1")));
        home.knownHosts("@cert-authority *.0.0.1,!10.0.0.1 " + FakeSshd.text(authority.getPublic()));
        assertConnects();
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        certify(builder -> builder.principals(List.of("pgdb2")));
        home.knownHosts("@cert-authority * " + FakeSshd.text(authority.getPublic()));
        assertEquals("host-certificate-invalid", refusal().code());
    }

    @Test
    void anExpiredCertificateIsRefused() {
        certify(builder -> builder.principals(List.of("127.0.0.1")).validBefore(1_000_000));
        home.knownHosts("@cert-authority * " + FakeSshd.text(authority.getPublic()));
        assertEquals("host-certificate-invalid", refusal().code());
    }

    @Test
    void aCertificateOfAnAuthorityForOtherHostsIsRefused() {
        certify(builder -> builder.principals(List.of("127.0.0.1")));
        home.knownHosts("@cert-authority *.example.net " + FakeSshd.text(authority.getPublic()));
        assertEquals("host-key-unknown", refusal().code());
    }

    @Test
    void aCertificateOfARevokedAuthorityIsRefused() {
        certify(builder -> builder.principals(List.of("127.0.0.1")));
        home.knownHosts(
                "@cert-authority * " + FakeSshd.text(authority.getPublic()),
                "@revoked * " + FakeSshd.text(authority.getPublic()));
        assertEquals("host-key-revoked", refusal().code());
    }

    private void certify(UnaryOperator<OpenSshCertificateBuilder> terms) {
        try {
            OpenSshCertificate certificate = terms.apply(OpenSshCertificateBuilder.hostCertificate()
                            .id("host")
                            .publicKey(hostKey.getPublic()))
                    .sign(authority, "ssh-ed25519");
            sshd.withCertificate(certificate);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertConnects() {
        assertTrue(SshHome.connect(hosts, home.settings(sshd.port())).isOpen());
    }

    private Problem refusal() {
        return SshHome.refusal(hosts, home.settings(sshd.port()));
    }

    private static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(key);
    }

    private static String hashed(String name) throws Exception {
        byte[] salt = "twenty bytes of salt".getBytes(StandardCharsets.US_ASCII);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(salt, "HmacSHA1"));
        byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.US_ASCII));
        Base64.Encoder base64 = Base64.getEncoder();
        return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hash);
    }
}
