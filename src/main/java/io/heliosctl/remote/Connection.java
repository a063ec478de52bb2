package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import io.heliosctl.remote.Ran.Exited;
import io.heliosctl.remote.Ran.NoAnswer;
import io.heliosctl.remote.Ran.Signalled;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.ConnectionService;

/// One authenticated SSH connection. Several names of the inventory may share it; the last one to leave
/// closes it.
final class Connection {

    /// OpenSSH allows ten sessions on a connection (`MaxSessions`); programs that stay open need some of
    /// them.
    private static final int COMMANDS_AT_ONCE = 5;

    private final Hop hop;
    private final ClientSession session;
    private final Semaphore slots = new Semaphore(COMMANDS_AT_ONCE, true);
    private final AtomicInteger members = new AtomicInteger();

    Connection(Hop hop, ClientSession session) {
        this.hop = hop;
        this.session = session;
    }

    ClientSession session() {
        return session;
    }

    String user() {
        return hop.user();
    }

    void join() {
        members.incrementAndGet();
    }

    void leave() {
        if (members.decrementAndGet() == 0) {
            session.close(false);
        }
    }

    boolean isOpen() {
        return session.isOpen() && session.isAuthenticated();
    }

    Ran run(Command command, Deadline deadline) {
        if (!takeSlot(deadline)) {
            return new NoAnswer("nothing was run: no channel was free within " + seconds(command));
        }
        try {
            return runNow(command, deadline);
        } finally {
            slots.release();
        }
    }

    private boolean takeSlot(Deadline deadline) {
        try {
            return slots.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Ran runNow(Command command, Deadline deadline) {
        CappedSink output = new CappedSink(command.outputLimit());
        CappedSink errors = new CappedSink(command.outputLimit());
        try (Execution execution = new Execution(command, output, errors)) {
            try {
                execution.open(session, deadline);
            } catch (IOException | IllegalStateException e) {
                return new NoAnswer("nothing was run: the host opened no channel: " + e.getMessage());
            }
            Thread.startVirtualThread(execution::feed);
            boolean ended = execution.awaitEnd(deadline);
            return result(command, execution, ended, output, errors);
        }
    }

    private Ran result(Command command, Execution execution, boolean ended, CappedSink output, CappedSink errors) {
        Integer status = execution.channel().getExitStatus();
        String signal = execution.channel().getExitSignal();
        if ((status != null || signal != null) && !execution.hasBegun()) {
            return new NoAnswer("instead of /bin/sh the host answered: " + execution.complaint());
        }
        if (signal != null) {
            return new Signalled(signal, output.bytes(), errors.bytes());
        }
        if (status != null) {
            return new Exited(status, output.bytes(), errors.bytes(), output.isCut() || errors.isCut());
        }
        if (!ended) {
            return new NoAnswer("no answer within " + seconds(command));
        }
        return new NoAnswer(
                isOpen() ? "the host closed the channel without an exit status" : "the connection was lost");
    }

    private static String seconds(Command command) {
        return command.timeout().toMillis() / 1000.0 + " s";
    }

    /// @throws ConnectException if the host answered and refused
    /// @throws IOException if it did not answer in time or the connection is gone
    Socket openUnixSocket(String path, Deadline deadline) throws IOException {
        StreamLocalChannel channel = new StreamLocalChannel(path);
        try {
            session.getService(ConnectionService.class).registerChannel(channel);
            channel.open().verify(deadline.millis());
            return new ChannelSocket(channel);
        } catch (SshChannelOpenException e) {
            throw refused(path, e);
        } catch (InterruptedIOException e) {
            channel.close(true);
            throw e;
        } catch (IOException | IllegalStateException e) {
            channel.close(true);
            if (e.getCause() instanceof SshChannelOpenException) {
                throw refused(path, e);
            }
            throw new IOException(this + ": cannot reach " + path + ": " + e.getMessage(), e);
        }
    }

    private ConnectException refused(String path, Exception cause) {
        ConnectException refused = new ConnectException(this + " refused " + path + ": " + cause.getMessage());
        refused.initCause(cause);
        return refused;
    }

    @Override
    public String toString() {
        return hop.toString();
    }
}
