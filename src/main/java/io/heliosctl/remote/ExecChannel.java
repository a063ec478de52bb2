package io.heliosctl.remote;

import java.io.IOException;
import java.util.Map;
import org.apache.sshd.client.channel.ChannelExec;

/// The channel of one `/bin/sh -s`. Its two streams go to sinks on the thread that received them.
final class ExecChannel extends ChannelExec {

    private final Sink output;
    private final Sink errors;

    ExecChannel(Sink output, Sink errors) {
        super("/bin/sh -s", null, Map.of());
        this.output = output;
        this.errors = errors;
        addCloseFutureListener(closed -> {
            output.end();
            errors.end();
        });
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) throws IOException {
        release(output.accept(data, offset, Math.toIntExact(length)));
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
        release(errors.accept(data, offset, Math.toIntExact(length)));
    }

    @Override
    public void handleEof() throws IOException {
        output.end();
        errors.end();
        super.handleEof();
    }

    /// Lets the host send as many bytes again.
    void release(long bytes) throws IOException {
        if (bytes > 0 && !isClosing()) {
            getLocalWindow().release(bytes);
        }
    }
}
