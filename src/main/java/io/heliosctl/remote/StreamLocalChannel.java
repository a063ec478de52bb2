package io.heliosctl.remote;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.util.buffer.Buffer;

/// A channel to a Unix socket on the host: `direct-streamlocal@openssh.com` (OpenSSH's PROTOCOL, section
/// 2.4).
final class StreamLocalChannel extends AbstractClientChannel {

    private static final String TYPE = "direct-streamlocal@openssh.com";

    private final String path;
    private final Inbox inbox = new Inbox();

    StreamLocalChannel(String path) {
        super(TYPE);
        this.path = path;
        inbox.released(bytes -> {
            if (!isClosing()) {
                getLocalWindow().release(bytes);
            }
        });
        addCloseFutureListener(closed -> inbox.end());
    }

    Inbox inbox() {
        return inbox;
    }

    OutputStream output() {
        return getInvertedIn();
    }

    @Override
    public synchronized OpenFuture open() throws IOException {
        openFuture = new DefaultOpenFuture(path, futureLock);
        Buffer buffer =
                getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN, TYPE.length() + path.length() + 64);
        buffer.putString(TYPE);
        buffer.putUInt(getChannelId());
        buffer.putUInt(getLocalWindow().getSize());
        buffer.putUInt(getLocalWindow().getPacketSize());
        buffer.putString(path);
        buffer.putString("");
        buffer.putUInt(0);
        writePacket(buffer);
        return openFuture;
    }

    @Override
    protected void doOpen() {
        invertedIn = new ChannelOutputStream(this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) throws IOException {
        inbox.accept(data, offset, Math.toIntExact(length));
    }

    @Override
    public void handleEof() throws IOException {
        inbox.end();
        super.handleEof();
    }
}
