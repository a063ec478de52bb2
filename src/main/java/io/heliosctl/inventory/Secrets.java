package io.heliosctl.inventory;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import io.heliosctl.model.SecretSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads a cluster's secrets when they are first needed, each once. No message ever carries one.
public final class Secrets {

    private final Map<String, SecretSource> sources;
    private final Surroundings here;
    private final SecretPrompt prompt;
    private final Map<String, Secret> read = new ConcurrentHashMap<>();

    public Secrets(Map<String, SecretSource> sources, Surroundings here, SecretPrompt prompt) {
        this.sources = Map.copyOf(sources);
        this.here = here;
        this.prompt = prompt;
    }

    /// The secret of that name; empty if the inventory has none.
    ///
    /// @throws ProblemException if it cannot be read from where the inventory says
    public Optional<Secret> find(String name) {
        return Optional.ofNullable(sources.get(name))
                .map(source -> read.computeIfAbsent(name, key -> read(key, source)));
    }

    private Secret read(String name, SecretSource source) {
        return switch (source) {
            case SecretSource.File file -> SecretFile.read(name, file.path());
            case SecretSource.Environment environment ->
                here.variable(environment.variable())
                        .map(Secret::new)
                        .orElseThrow(() -> new ProblemException(Problem.error(
                                        "secret-missing",
                                        "secret \"%s\": the environment variable %s is not set"
                                                .formatted(name, environment.variable()))
                                .hint("Set it, or name a file in the inventory.")));
            case SecretSource.Command command -> new SecretCommand(name, command.words()).read();
            case SecretSource.Prompt question ->
                prompt.ask(question.question())
                        .orElseThrow(() -> new ProblemException(
                                Problem.error("secret-missing", "secret \"%s\" was not typed".formatted(name))
                                        .hint("Run heliosctl on a terminal, or name a file in the inventory.")));
        };
    }
}
