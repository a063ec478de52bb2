package io.heliosctl.remote;

import io.heliosctl.model.Secret;
import java.nio.file.Path;
import java.util.Optional;

/// Where the passphrase of an encrypted private key comes from: a person, usually.
@FunctionalInterface
public interface Passphrases {

    /// Nobody to ask: an encrypted key cannot be used.
    Passphrases NONE = (key, attempt) -> Optional.empty();

    /// Asks for the passphrase of a key. Each key is asked for once, however many hosts it opens, before any
    /// connection that needs it is made.
    ///
    /// @param attempt 1 at first, more after a wrong answer
    /// @return empty to give up
    Optional<Secret> of(Path key, int attempt);
}
