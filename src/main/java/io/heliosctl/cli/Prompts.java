package io.heliosctl.cli;

import io.heliosctl.model.Secret;
import java.nio.file.Path;
import java.util.Optional;

/// Asks for secrets on the terminal, without showing them.
final class Prompts {

    private Prompts() {}

    /// A secret of the inventory; empty without a terminal.
    static Optional<Secret> secret(String question) {
        return Operator.console()
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s: ", question)))
                .filter(typed -> typed.length > 0)
                .map(String::new)
                .map(Secret::new);
    }

    /// The passphrase of a private key; three tries.
    static Optional<Secret> passphrase(Path key, int attempt) {
        return attempt > 3 ? Optional.empty() : secret("Passphrase for " + key);
    }
}
