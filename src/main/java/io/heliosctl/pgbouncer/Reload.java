package io.heliosctl.pgbouncer;

import io.heliosctl.document.Quoting;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// SIGHUP for one PgBouncer process: by its service, or by the process ID in its file.
///
/// Neither way tells whether the file was read to its end (pgbouncer reads it later and silently, and a bad
/// line leaves those before it in force), so the caller looks at what came of it.
record Reload(Remote remote, String osUser, PgbouncerSettings.Instance instance) {

    /// Signals only a pgbouncer: the file may be older than the last boot.
    private static final String SIGNAL = """
            read -r pid < "$1" && read -r name < "/proc/$pid/comm" || exit 1
            [ "$name" = pgbouncer ] || { echo "process $pid is $name" >&2; exit 1; }
            kill -HUP "$pid"
            """;

    /// What went wrong, as far as the host says so.
    Optional<String> send() {
        return switch (remote.run(command().timeout(Duration.ofSeconds(10)))) {
            case Ran.Exited exited when exited.ok() -> Optional.empty();
            case Ran.Exited exited ->
                Optional.of("Reloading ended with status " + exited.status() + ". " + Words.clean(exited.errorText()));
            case Ran.Signalled signalled -> Optional.of("Reloading was ended by SIG" + signalled.signal() + ".");
            case Ran.NoAnswer none -> Optional.of("Reloading was not answered: " + none.reason() + ".");
        };
    }

    /// What sudo must allow for it; nothing where the login user owns the process.
    static List<Privilege> privileges(String login, String osUser, PgbouncerSettings.Instance instance) {
        return instance.service()
                .map(unit -> List.of(new Privilege("root", bySystemd(unit))))
                .or(() -> instance.pidFile()
                        .filter(_ -> !login.equals(osUser))
                        .map(file -> List.of(new Privilege(osUser, byFile(file)))))
                .orElse(List.of());
    }

    /// The command, for people.
    String shown() {
        return instance.service()
                .map(unit -> typed("root", bySystemd(unit)))
                .or(() -> instance.pidFile()
                        .map(file -> remote.become(osUser).isEmpty()
                                ? "kill -HUP $(head -n 1 " + Quoting.shell(file) + ")"
                                : typed(osUser, byFile(file))))
                .orElse("");
    }

    private String typed(String user, List<String> words) {
        return Stream.concat(remote.become(user).stream(), words.stream())
                .map(Quoting::shell)
                .collect(Collectors.joining(" "));
    }

    private Command command() {
        if (instance.service().isPresent()) {
            return exec("root", bySystemd(instance.service().get()));
        }
        return remote.become(osUser).isEmpty() ? Command.script(SIGNAL, file()) : exec(osUser, byFile(file()));
    }

    /// The same as words that a shell on the host may run.
    List<String> words() {
        if (instance.service().isPresent()) {
            return Script.words(
                    remote, new Privilege("root", bySystemd(instance.service().get())));
        }
        return remote.become(osUser).isEmpty()
                ? List.of("/bin/sh", "-c", SIGNAL, "sh", file())
                : Script.words(remote, new Privilege(osUser, byFile(file())));
    }

    private String file() {
        return instance.pidFile()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a PgBouncer has a service or a file with its process ID: " + instance.socketDir()));
    }

    private Command exec(String user, List<String> words) {
        return Command.exec(remote.become(user), words.toArray(String[]::new));
    }

    private static List<String> bySystemd(String unit) {
        return List.of("/usr/bin/systemctl", "reload", unit);
    }

    /// pkill looks at the name too: `-x` with `-F`.
    private static List<String> byFile(String file) {
        return List.of("/usr/bin/pkill", "-HUP", "-x", "-F", file, "pgbouncer");
    }
}
