package io.heliosctl.model;

import java.nio.file.Path;
import java.util.List;

/// Where a secret is read from; the inventory holds this and never the secret.
public sealed interface SecretSource {

    /// The first line of a file that nobody else can read.
    record File(Path path) implements SecretSource {}

    /// An environment variable of heliosctl's own process.
    record Environment(String variable) implements SecretSource {}

    /// The first line that a command prints, such as `pass show pg/main/replicator`.
    record Command(List<String> words) implements SecretSource {
        public Command {
            words = List.copyOf(words);
        }
    }

    /// Asked for on the terminal.
    record Prompt(String question) implements SecretSource {}
}
