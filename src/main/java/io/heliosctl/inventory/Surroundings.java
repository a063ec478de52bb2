package io.heliosctl.inventory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What of this machine an inventory depends on.
///
/// @param home what `~` stands for
/// @param directory where heliosctl was called
/// @param environment the environment variables
public record Surroundings(Path home, Path directory, Map<String, String> environment) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// Those of this process.
    public static Surroundings ofProcess() {
        return new Surroundings(Path.of(System.getProperty("user.home")), Path.of(""), System.getenv());
    }

    /// A variable; one that is empty counts as not set.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// A path that may begin with `~/`.
    Path path(String written) {
        return written.startsWith("~/") ? home.resolve(written.substring(2)) : directory.resolve(written);
    }
}
