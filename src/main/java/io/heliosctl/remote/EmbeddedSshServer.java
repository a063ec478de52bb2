package io.heliosctl.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/// An SSH server in this process, for a cluster whose "hosts" are loopback addresses of one machine. It lets in
/// one user with one key, runs commands with `/bin/sh`, and opens Unix sockets through
/// `direct-streamlocal@openssh.com`.
///
/// A Unix socket is opened by this process, so PostgreSQL's `peer` authentication sees this process's user and
/// not `settings.account()`; the cluster's `pg_ident.conf` has to map both.
public final class EmbeddedSshServer implements AutoCloseable {

    private final SshServer server;

    private EmbeddedSshServer(SshServer server) {
        this.server = server;
    }

    /// What the server is to be.
    ///
    /// @param addresses where it listens; loopback addresses, each playing a host
    /// @param port the same on every address
    /// @param hostKey a private key file, see [EmbeddedSshServerKeys]
    /// @param authorizedKey the public key file of the one key that is let in
    /// @param account the user that logs in and that commands run as
    public record Settings(
            List<String> addresses, int port, Path hostKey, Path authorizedKey, EmbeddedSshServerAccount account) {
        public Settings {
            addresses = List.copyOf(addresses);
        }
    }

    /// Starts listening.
    ///
    /// @throws UncheckedIOException if a key cannot be read or an address is taken
    public static EmbeddedSshServer start(Settings settings) {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(String.join(",", settings.addresses()));
        server.setPort(settings.port());
        server.setKeyPairProvider(new FileKeyPairProvider(settings.hostKey()));
        PublicKey authorized = EmbeddedSshServerKeys.readPublic(settings.authorizedKey());
        server.setPublickeyAuthenticator((user, key, session) ->
                user.equals(settings.account().user()) && KeyUtils.compareKeys(authorized, key));
        server.setCommandFactory((channel, command) ->
                new EmbeddedSshServerCommand(settings.account().words(command), settings.account()));
        server.setChannelFactories(
                List.of(new EmbeddedSshServerSession.Factory(), new EmbeddedSshServerSocket.Factory()));
        // Connections are kept open and silent for as long as a run lasts; commands are a few bytes each way.
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, Duration.ofHours(1));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + settings.addresses() + " port " + settings.port(), e);
        }
        return new EmbeddedSshServer(server);
    }

    /// Closes every connection at once. Commands that still run see the end of their input, as with OpenSSH.
    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
