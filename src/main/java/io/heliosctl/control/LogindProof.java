package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Whether systemd-logind lets a dead-man's switch live when the connection breaks, which is what it is there
/// for. With `KillUserProcesses=yes` (logind.conf(5); not the default on Debian and RHEL) it ends every process
/// of a session with the session, also one that has a session ID of its own.
record LogindProof(Remote remote) {

    /// Any user may read these properties. Without systemd, or without its bus, nothing is said.
    private static final String SCRIPT = """
            command -v busctl >/dev/null || exit 0
            id -un
            for name in KillUserProcesses KillOnlyUsers KillExcludeUsers; do
                LC_ALL=C busctl get-property org.freedesktop.login1 /org/freedesktop/login1 \
                    org.freedesktop.login1.Manager "$name" 2>/dev/null || echo
            done
            """;

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    Findings findings() {
        return remote.run(Command.script(SCRIPT).timeout(Duration.ofSeconds(10))) instanceof Ran.Exited exited
                        && isKilled(exited.text())
                ? Findings.of(List.of(Problem.warning(
                                "switches-killed",
                                "%s: its dead-man's switches would not outlive us".formatted(remote.name()))
                        .detail("systemd-logind has KillUserProcesses=yes, so it ends them with the connection.")
                        .hint("In /etc/systemd/logind.conf there: KillUserProcesses=no, or KillExcludeUsers=%s root."
                                .formatted(remote.user()))))
                : Findings.none();
    }

    /// Whether the user's processes are ended with the session.
    ///
    /// @param said the user's name, and the three properties as busctl prints them
    static boolean isKilled(String said) {
        var lines = said.lines().toList();
        if (lines.size() < 4 || !lines.get(1).equals("b true")) {
            return false;
        }
        var user = lines.getFirst();
        var only = names(lines.get(2));
        return (only.isEmpty() || only.contains(user)) && !names(lines.get(3)).contains(user);
    }

    private static List<String> names(String property) {
        return QUOTED.matcher(property).results().map(found -> found.group(1)).toList();
    }
}
