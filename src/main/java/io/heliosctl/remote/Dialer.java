package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/// Makes one connection: TCP, host key, login.
final class Dialer implements AutoCloseable {

    private final SshClient client = SshClients.start();

    /// A server that accepts the connection and then does not even exchange keys is dialled once more: with
    /// MINA SSHD 2.20.0 a key exchange can get stuck at its start, by no fault of the server (mina-sshd#927).
    ///
    /// @param via the connection to the jump host
    /// @throws ProblemException whatever goes wrong
    ClientSession dial(Attempt attempt, Optional<Connection> via) {
        return login(attempt, via, attempt.hop().silence())
                .or(() -> login(attempt, via, attempt.hop().loginTimeout()))
                .orElseThrow(() -> new ProblemException(silent(attempt.hop())));
    }

    /// Empty if the server has said nothing within that time.
    private Optional<ClientSession> login(Attempt attempt, Optional<Connection> via, Duration silence) {
        ClientSession session = via.isPresent()
                ? throughTunnel(attempt, via.get().session())
                : connect(attempt, resolved(attempt.hop()), attempt.hop().port());
        Deadline deadline = Deadline.in(attempt.hop().loginTimeout());
        try {
            session.setKeyIdentityProvider(
                    KeyIdentityProvider.wrapKeyPairs(attempt.credentials().keys()));
            AuthFuture login = session.auth();
            if (!login.await(silence) && session.getServerKey() == null) {
                session.close(true);
                return Optional.empty();
            }
            login.verify(deadline.millis());
            return Optional.of(session);
        } catch (IOException | RuntimeException e) {
            session.close(true);
            throw new ProblemException(attempt.failure().orElseGet(() -> notLoggedIn(attempt, e)), e);
        }
    }

    /// Through a port of this machine that listens for the moment of connecting only.
    private ClientSession throughTunnel(Attempt attempt, ClientSession jump) {
        Hop hop = attempt.hop();
        try (ExplicitPortForwardingTracker tunnel = jump.createLocalPortForwardingTracker(
                new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(hop.host(), hop.port()))) {
            return connect(attempt, "127.0.0.1", tunnel.getBoundAddress().getPort());
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.error(
                                    "ssh-jump-refused",
                                    "cannot reach " + hop + " through "
                                            + hop.via().orElseThrow())
                            .detail(said(e)),
                    e);
        }
    }

    private ClientSession connect(Attempt attempt, String address, int port) {
        Hop hop = attempt.hop();
        HostConfigEntry entry = new HostConfigEntry("", address, port, hop.user());
        entry.setIdentitiesOnly(true);
        try {
            ConnectFuture connecting = client.connect(entry, attempt.asContext(), null);
            return connecting.verify(hop.connectTimeout()).getSession();
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(unreached(hop, e), e);
        }
    }

    private static String resolved(Hop hop) {
        try {
            return InetAddress.getByName(hop.host()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new ProblemException(Problem.error("ssh-host-unknown", "no address is known for " + hop.host()), e);
        }
    }

    private static Problem unreached(Hop hop, Exception e) {
        if (has(e, ConnectException.class)) {
            return Problem.error("ssh-refused", "nothing answers on port " + hop.port() + " of " + hop.host())
                    .detail(said(e));
        }
        if (has(e, TimeoutException.class)) {
            return Problem.error("ssh-unreachable", "cannot reach " + hop.host())
                    .detail("No answer on port " + hop.port() + " within "
                            + hop.connectTimeout().toSeconds() + " s.");
        }
        return Problem.error("ssh-unreachable", "cannot reach " + hop.host()).detail(said(e));
    }

    private static Problem silent(Hop hop) {
        return Problem.error("ssh-timeout", hop + " does not answer as an SSH server")
                .detail("Twice it accepted the connection and then exchanged no keys, for %d s and for %d s."
                        .formatted(hop.silence().toSeconds(), hop.loginTimeout().toSeconds()))
                .hint("See what listens there, and whether sshd is overloaded (MaxStartups).");
    }

    private static Problem notLoggedIn(Attempt attempt, Exception e) {
        Hop hop = attempt.hop();
        String message = said(e);
        if (has(e, TimeoutException.class)) {
            return Problem.error("ssh-timeout", hop + " did not finish the login")
                    .detail("It exchanged keys and then was silent; "
                            + hop.loginTimeout().toSeconds() + " s were over.");
        }
        if (message.contains("No more authentication methods")
                || message.contains("Too many authentication failures")) {
            return Problem.error("ssh-login-refused", hop.host() + " does not let " + hop.user() + " log in")
                    .detail("Offered: "
                            + String.join(", ", attempt.credentials().tried()) + ".")
                    .hint("Put the public key into ~" + hop.user() + "/.ssh/authorized_keys there, or name another key"
                            + " in the inventory.");
        }
        if (message.contains("key ID=")) {
            return Problem.error("host-certificate-invalid", "the host certificate of " + hop + " is not valid")
                    .detail(message);
        }
        return Problem.error("ssh-failed", "cannot log in to " + hop).detail(message);
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return type.isInstance(thrown) || (thrown.getCause() != null && has(thrown.getCause(), type));
    }

    private static String said(Throwable thrown) {
        return Optional.ofNullable(thrown.getMessage()).orElseGet(thrown::toString);
    }

    @Override
    public void close() {
        client.stop();
    }
}
