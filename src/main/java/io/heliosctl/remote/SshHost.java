package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A host at the other end of a [Connection], under the name that the inventory gives it. A connection that is
/// gone is replaced by a new one for what is asked next; what was sent over the old one is never sent again.
final class SshHost implements Remote {

    /// Whether a server listens on the socket and the login user may connect to it: then a refusal is sshd's
    /// own.
    private static final String LISTENING = """
            [ -S "$1" ] && [ -w "$1" ] && grep -qF "/${1##*/}" /proc/net/unix
            """;

    private final String name;
    private final Line line;
    private final AtomicBoolean closed = new AtomicBoolean();

    SshHost(String name, Line line) {
        this.name = name;
        this.line = line;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String user() {
        return line.user();
    }

    @Override
    public List<String> become(String osUser) {
        if (osUser.equals(user())) {
            return List.of();
        }
        return osUser.equals("root") ? List.of("sudo", "-n", "--") : List.of("sudo", "-n", "-u", osUser, "--");
    }

    @Override
    public Ran run(Command command) {
        Deadline deadline = Deadline.in(command.timeout());
        try {
            return line.open(deadline).run(command, deadline);
        } catch (IOException e) {
            return new Ran.NoAnswer("nothing was run: " + e.getMessage());
        }
    }

    @Override
    public Coprocess start(Command command) {
        Deadline deadline = Deadline.in(command.timeout());
        Inbox output = new Inbox();
        Inbox errors = new Inbox();
        Execution execution = new Execution(command, output, errors);
        output.released(execution.channel()::release);
        errors.released(execution.channel()::release);
        try {
            execution.open(line.open(deadline).session(), deadline);
        } catch (IOException | IllegalStateException e) {
            execution.close();
            throw cannotStart("The host opened no channel: " + e.getMessage() + ".");
        }
        if (!execution.send() || !execution.awaitBegin(deadline)) {
            String complaint = execution.complaint();
            execution.close();
            throw cannotStart(
                    complaint.isEmpty()
                            ? "/bin/sh did not answer within "
                                    + command.timeout().toSeconds() + " s."
                            : "Instead of /bin/sh the host answered: " + complaint);
        }
        return RemoteProgram.of(execution, command.input(), output, errors);
    }

    private ProblemException cannotStart(String detail) {
        return new ProblemException(
                Problem.error("host-refused", name + ": cannot start a command").detail(detail));
    }

    @Override
    public Socket openUnixSocket(String path, Duration timeout) throws IOException {
        try {
            Deadline deadline = Deadline.in(timeout);
            return line.open(deadline).openUnixSocket(path, deadline);
        } catch (ConnectException e) {
            if (run(Command.script(LISTENING, path).timeout(timeout)) instanceof Ran.Exited exited && exited.ok()) {
                throw new ProblemException(
                        Problem.error("socket-forbidden", name + ": sshd does not forward to Unix sockets")
                                .detail(path + " exists, a server listens on it and " + user()
                                        + " may connect to it, but sshd refused the channel.")
                                .hint(
                                        "Set `connect: tcp` for this host, or allow it in sshd: AllowStreamLocalForwarding"
                                                + " yes, and no `restrict` or `no-port-forwarding` in authorized_keys."),
                        e);
            }
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return !closed.get() && line.isOpen();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            line.close();
        }
    }

    @Override
    public String toString() {
        return name + " (" + line + ")";
    }
}
