package io.heliosctl.remote;

import io.heliosctl.model.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;

/// A program on a host whose streams are a channel's.
record RemoteProgram(Execution execution, OutputStream input, Inbox output, Inbox errors) implements Coprocess {

    static RemoteProgram of(Execution execution, Bytes first, Inbox output, Inbox errors) {
        OutputStream input = execution.channel().getInvertedIn();
        try {
            input.write(first.toArray());
            input.flush();
        } catch (IOException e) {
            // It has ended already, and its status and streams say so.
            execution.close();
        }
        return new RemoteProgram(execution, input, output, errors);
    }

    @Override
    public OptionalInt status() {
        Integer status = execution.channel().getExitStatus();
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    @Override
    public boolean isOpen() {
        return status().isEmpty() && !execution.channel().isClosing();
    }

    /// Whoever reads is let go at once: a host keeps the channel open for as long as its program stands still.
    @Override
    public void close() {
        execution.close();
        output.end();
        errors.end();
    }
}
