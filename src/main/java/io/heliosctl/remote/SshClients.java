package io.heliosctl.remote;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/// MINA's client with settings that are safe here; its own accept any host key, wait for minutes and use
/// Nagle.
final class SshClients {

    private static final Set<String> WEAK_SIGNATURES =
            Set.of("ssh-rsa", "ssh-dss", "ssh-rsa-cert-v01@openssh.com", "ssh-dss-cert-v01@openssh.com");
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int HEARTBEATS_MISSED = 3;

    private SshClients() {}

    static SshClient start() {
        SshClient client = SshClient.setUpDefaultClient();
        HostKeys hostKeys = new HostKeys();
        client.setServerKeyVerifier(hostKeys);
        client.addSessionListener(hostKeys);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setAgentFactory(new AgentKeys());
        client.setSessionFactory(new HopSessions(client));
        dropWeakAlgorithms(client);
        client.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory(client.getSignatureFactories())));
        setTimes(client);
        client.start();
        return client;
    }

    private static void dropWeakAlgorithms(SshClient client) {
        client.setCipherFactories(client.getCipherFactories().stream()
                .filter(cipher -> !name(cipher, "cbc") && !name(cipher, "arcfour") && !name(cipher, "none"))
                .toList());
        client.setMacFactories(client.getMacFactories().stream()
                .filter(mac -> !name(mac, "sha1") && !name(mac, "md5"))
                .toList());
        client.setKeyExchangeFactories(client.getKeyExchangeFactories().stream()
                .filter(exchange -> !exchange.getName().endsWith("sha1"))
                .toList());
        client.setSignatureFactories(client.getSignatureFactories().stream()
                .filter(signature -> !WEAK_SIGNATURES.contains(signature.getName()))
                .toList());
    }

    private static boolean name(NamedResource algorithm, String part) {
        return algorithm.getName().contains(part);
    }

    private static void setTimes(SshClient client) {
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_MISSED);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        // Each attempt has its own, shorter limit.
        CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ofMinutes(10));
        CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
        // A command's own deadline ends its waiting, not a stream's.
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(1));
        CoreModuleProperties.STOP_WAIT_TIME.set(client, Duration.ofSeconds(2));
    }

    /// Sessions that know their host's name even behind a jump host, where MINA connects to a local port: a
    /// host certificate must name the host itself.
    private static final class HopSessions extends SessionFactory {

        HopSessions(ClientFactoryManager client) {
            super(client);
        }

        @Override
        protected ClientSessionImpl doCreateSession(IoSession session) throws Exception {
            return new HopSession(getClient(), session);
        }
    }

    private static final class HopSession extends ClientSessionImpl {

        HopSession(ClientFactoryManager client, IoSession session) throws Exception {
            super(client, session);
        }

        @Override
        public SocketAddress getConnectAddress() {
            Hop hop = Attempt.of(this).hop();
            return InetSocketAddress.createUnresolved(hop.knownAs(), hop.port());
        }
    }
}
