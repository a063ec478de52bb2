package io.heliosctl.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One SSH server on the way to a host, all settings decided. Equal hops share one connection.
///
/// @param host name or address to connect to
/// @param knownAs its name in known_hosts
/// @param identities how the user proves to be the user
/// @param connectTimeout for TCP alone
/// @param via the hop before it
record Hop(
        String user,
        String host,
        int port,
        String knownAs,
        List<Path> knownHosts,
        IdentityFiles identities,
        Duration connectTimeout,
        Optional<Hop> via) {

    /// Longest time for key exchange and login, once TCP is connected.
    Duration loginTimeout() {
        return connectTimeout.multipliedBy(2);
    }

    /// Longest time without any keys exchanged, after which it is dialled once more.
    Duration silence() {
        return connectTimeout;
    }

    /// Longest time until the connection is there, dialled twice if need be, those before it included.
    Duration patience() {
        Duration here = connectTimeout.multipliedBy(2).plus(silence()).plus(loginTimeout());
        return via.map(before -> here.plus(before.patience())).orElse(here);
    }

    /// As known_hosts spells it: with the port, unless that is 22.
    String knownName() {
        return port == 22 ? knownAs : "[" + knownAs + "]:" + port;
    }

    @Override
    public String toString() {
        return user + "@" + host + (port == 22 ? "" : ":" + port);
    }
}
