package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.ConnectionService;

/// One `/bin/sh -s` on the host, from opening its channel until it has said how it ended.
final class Execution implements AutoCloseable {

    /// How long the streams may stay open after the exit status: a daemon that was started may keep them for
    /// ever.
    private static final long STREAMS_MILLIS = 500;

    private final Frame frame = Frame.random();
    private final Command command;
    private final FramedSink output;
    private final FramedSink errors;
    private final ExecChannel channel;

    Execution(Command command, Sink output, Sink errors) {
        this.command = command;
        this.output = new FramedSink(frame, output);
        this.errors = new FramedSink(frame, errors);
        this.channel = new ExecChannel(this.output, this.errors);
    }

    ExecChannel channel() {
        return channel;
    }

    /// Opens the channel.
    ///
    /// @throws IOException if the host does not open it; nothing has been run then
    void open(ClientSession session, Deadline deadline) throws IOException {
        session.getService(ConnectionService.class).registerChannel(channel);
        channel.open().verify(deadline.millis());
    }

    /// Sends the script. That the other end has gone already is seen by how the channel ends.
    boolean send() {
        OutputStream input = channel.getInvertedIn();
        try {
            input.write(frame.program(command));
            input.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Waits for the frame's line; false if it has not come by the deadline or cannot come any more.
    boolean awaitBegin(Deadline deadline) {
        try {
            return output.begun().get(deadline.millis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean hasBegun() {
        return output.begun().getNow(false);
    }

    /// Sends the script, and as soon as the shell has read it the command's input and end of file. Half an
    /// input is never followed by an end of file: the channel breaks instead.
    void feed() {
        if (!send()) {
            return;
        }
        OutputStream input = channel.getInvertedIn();
        try {
            if (command.input().size() > 0) {
                if (!output.begun().join()) {
                    return;
                }
                input.write(command.input().toArray());
                input.flush();
            }
            input.close();
        } catch (IOException e) {
            breakOffUnlessEnded();
        }
    }

    /// A program may end without having read all of its input; that is no reason to lose its exit status.
    private void breakOffUnlessEnded() {
        Set<ClientChannelEvent> seen =
                channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED, ClientChannelEvent.EXIT_STATUS), STREAMS_MILLIS);
        if (seen.contains(ClientChannelEvent.TIMEOUT)) {
            channel.close(true);
        }
    }

    /// Waits for the exit status or signal and for the end of the streams; true unless the deadline passed.
    boolean awaitEnd(Deadline deadline) {
        Set<ClientChannelEvent> seen = channel.waitFor(
                EnumSet.of(ClientChannelEvent.CLOSED, ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.EXIT_SIGNAL),
                deadline.millis());
        if (seen.contains(ClientChannelEvent.TIMEOUT)) {
            return false;
        }
        channel.waitFor(
                EnumSet.of(ClientChannelEvent.CLOSED, ClientChannelEvent.EOF),
                Math.min(deadline.millis(), STREAMS_MILLIS));
        return true;
    }

    /// What came instead of the frame, for a message: the login shell's complaint.
    String complaint() {
        String said = output.noise().isEmpty() ? errors.noise() : output.noise();
        String line = said.lines().findFirst().orElse("");
        return line.substring(0, Math.min(200, line.length()));
    }

    @Override
    public void close() {
        channel.close(false);
    }
}
