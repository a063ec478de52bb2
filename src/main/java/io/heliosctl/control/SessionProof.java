package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Whether sshd opens as many sessions on one connection as a run needs there (`MaxSessions` of sshd_config(5),
/// 10 unless it says otherwise). It is not tried, for that would take them away from what is asked beside it.
///
/// @param needed all that are open at the same time
record SessionProof(Remote remote, int needed) {

    private static final int USUAL = 10;

    /// What any user may read of it; where nothing can be read, the usual number counts.
    private static final String SCRIPT = """
            cat /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf 2>/dev/null | grep -i '^[[:space:]]*MaxSessions'
            exit 0
            """;

    private static final Pattern LINE = Pattern.compile("(?im)^\\s*MaxSessions[\\s=]+\"?([0-9]{1,6})");

    /// Two consoles for each PgBouncer process, a shell for each switch and for the lock, and commands beside
    /// them.
    ///
    /// @param processes of all poolers on that host
    /// @param targets nodes and poolers on that host
    static int needed(int processes, int targets) {
        var commands = 2;
        return 2 * processes + targets + 1 + commands;
    }

    Findings findings() {
        if (needed <= USUAL || isEnough(needed, said())) {
            return Findings.none();
        }
        return Findings.of(List.of(
                Problem.warning("too-few-sessions", "%s: sshd may open too few sessions".formatted(remote.name()))
                        .detail(
                                "A run has up to %d at once on its connection, and nothing there says that more than %d are allowed."
                                        .formatted(needed, USUAL))
                        .hint("In /etc/ssh/sshd_config there: MaxSessions %d.".formatted(needed))));
    }

    private String said() {
        return remote.run(Command.script(SCRIPT).timeout(Duration.ofSeconds(10))) instanceof Ran.Exited exited
                ? exited.text()
                : "";
    }

    /// Whether one of the lines allows as many.
    static boolean isEnough(int needed, String said) {
        return LINE.matcher(said).results().anyMatch(found -> Integer.parseInt(found.group(1)) >= needed);
    }
}
