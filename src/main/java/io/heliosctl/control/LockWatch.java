package io.heliosctl.control;

import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Remote;
import java.time.Duration;

/// A shell on a host that stays and tells, in one round trip, whose the lock is.
///
/// @param shell it runs [LockScripts#WATCH]
record LockWatch(Dialogue shell) implements AutoCloseable {

    /// @throws ProblemException if the host does not let it start
    static LockWatch start(Remote remote, Command command) {
        return new LockWatch(Dialogue.start(remote, command));
    }

    Standing ask(Duration limit) {
        var reply = shell.ask("", limit);
        return reply.text().map(LockWatch::standing).orElseGet(() -> new Standing.Unknown(reply.silence()));
    }

    private static Standing standing(String answer) {
        var space = answer.indexOf(' ');
        return switch (space < 0 ? answer : answer.substring(0, space)) {
            case "mine" -> new Standing.Mine();
            case "gone" -> new Standing.Gone();
            case "later", "other" ->
                new Standing.Taken(answer.substring(space + 1).strip());
            default -> new Standing.Unknown("it answered \"" + answer + "\"");
        };
    }

    @Override
    public void close() {
        shell.close();
    }
}
