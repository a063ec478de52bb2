package io.heliosctl.inventory;

import io.heliosctl.model.Secret;
import java.util.Optional;

/// Asks the operator for a secret, without showing what is typed.
@FunctionalInterface
public interface SecretPrompt {

    /// For where nobody can be asked.
    SecretPrompt NOBODY = question -> Optional.empty();

    /// What was typed; empty if there is no terminal or nothing was typed.
    Optional<Secret> ask(String question);
}
