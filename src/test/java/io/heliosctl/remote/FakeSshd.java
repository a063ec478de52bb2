package io.heliosctl.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/// MINA's own server in this process, on a port of its own: it lets in whom it is told to, and does with
/// `/bin/sh -s` what it is told to.
final class FakeSshd implements AutoCloseable {

    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<PublicKey> authorized = new CopyOnWriteArrayList<>();
    private final List<KeyPair> hostKeys = new ArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();

    FakeSshd(KeyPair... hostKeys) {
        this.hostKeys.addAll(List.of(hostKeys));
        server.setHost("127.0.0.1");
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.setKeyPairProvider(KeyPairProvider.wrap(this.hostKeys));
        server.setPublickeyAuthenticator((user, key, session) -> {
            logins.add(user);
            return authorized.stream().anyMatch(known -> isSame(known, key));
        });
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        behave(FakeShell.of("/bin/sh"));
    }

    /// A certificate is let in by the key of the authority that signed it.
    private static boolean isSame(PublicKey known, PublicKey offered) {
        PublicKey asked = offered instanceof OpenSshCertificate certificate ? certificate.getCaPubKey() : offered;
        return KeyUtils.compareKeys(known, asked);
    }

    FakeSshd behave(FakeShell.Behaviour behaviour) {
        server.setCommandFactory((channel, command) -> new FakeShell(command, behaviour));
        return this;
    }

    /// Accepts that many connections and then reads nothing of them, so that no keys are exchanged.
    FakeSshd silent(int times) {
        AtomicInteger left = new AtomicInteger(times);
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                if (left.getAndDecrement() > 0) {
                    session.getIoSession().suspendRead();
                }
            }
        });
        return this;
    }

    FakeSshd withCertificate(OpenSshCertificate certificate) {
        server.setHostKeyCertificateProvider(session -> List.of(certificate));
        return this;
    }

    FakeSshd authorize(PublicKey key) {
        authorized.add(key);
        return this;
    }

    FakeSshd start() {
        try {
            server.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    int connections() {
        return server.getActiveSessions().size();
    }

    List<String> logins() {
        return logins;
    }

    void dropConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    /// A line of known_hosts for this server's first key.
    String knownHostsLine() {
        return "[127.0.0.1]:" + port() + " " + text(hostKeys.getFirst().getPublic());
    }

    static String text(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    static KeyPair ed25519() {
        return generate("ssh-ed25519", 256);
    }

    static KeyPair generate(String type, int bits) {
        try {
            return KeyUtils.generateKeyPair(type, bits);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
