package io.heliosctl.remote;

import java.nio.file.Path;
import java.util.Optional;

/// What of this machine an SSH client looks at.
///
/// @param home where `~` leads
/// @param user the local user, who is also the user on the host unless something else is said
/// @param agent the Unix socket of ssh-agent
public record Surroundings(Path home, String user, Optional<Path> agent) {

    /// Those of this process: `user.home`, `user.name`, `SSH_AUTH_SOCK`.
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                Path.of(System.getProperty("user.home")),
                System.getProperty("user.name"),
                Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
                        .filter(socket -> !socket.isEmpty())
                        .map(Path::of));
    }

    /// A path as OpenSSH writes it, with `~` for the home directory.
    Path path(String text) {
        return text.equals("~") || text.startsWith("~/")
                ? home.resolve(text.substring(text.length() == 1 ? 1 : 2))
                : Path.of(text);
    }

    Path path(Path path) {
        return path(path.toString());
    }

    Path ssh(String name) {
        return home.resolve(".ssh").resolve(name);
    }
}
