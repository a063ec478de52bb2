package io.heliosctl.remote;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The operating system user that an embedded SSH server lets in.
///
/// @param user its name
/// @param home its home directory, where commands start
/// @param become the words that turn a command of this process into one of that user; none if it is the same
///     user
public record EmbeddedSshServerAccount(String user, String home, List<String> become) {

    /// OpenSSH's own default on Debian, with sbin where PgBouncer lives.
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    public EmbeddedSshServerAccount {
        become = List.copyOf(become);
    }

    /// A command line as sshd would run it: by the user's shell.
    List<String> words(String command) {
        return Stream.concat(become.stream(), Stream.of("/bin/sh", "-c", command))
                .toList();
    }

    /// A login's environment; nothing of this process's own leaks into it.
    Map<String, String> environment() {
        return Map.of("HOME", home, "USER", user, "LOGNAME", user, "SHELL", "/bin/sh", "PATH", PATH, "LANG", "C.UTF-8");
    }
}
