package io.heliosctl.remote;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;

/// The server's side of `direct-streamlocal@openssh.com` (OpenSSH's PROTOCOL file, section 2.4): the open
/// message carries the path of a Unix socket, a reserved string and a reserved number. MINA has the TCP kind
/// only.
final class EmbeddedSshServerSocket extends AbstractServerChannel {

    private static final int CHUNK = 32 * 1024;

    /// No data ever is empty.
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private volatile SocketChannel socket;

    EmbeddedSshServerSocket() {
        super("", Collections.emptyList(), null);
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
        String path = buffer.getString();
        DefaultOpenFuture opened = new DefaultOpenFuture(this, this);
        Thread.ofVirtual().name("unix socket " + path).start(() -> connect(path, opened));
        return opened;
    }

    private void connect(String path, OpenFuture opened) {
        try {
            socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        } catch (IOException | IllegalArgumentException e) {
            opened.setException(new SshChannelOpenException(
                    getChannelId(), SshConstants.SSH_OPEN_CONNECT_FAILED, path + ": " + e.getMessage(), e));
            close(true);
            return;
        }
        signalChannelOpenSuccess();
        opened.setOpened();
        Thread.ofVirtual().name("to " + path).start(this::carryToSocket);
        carryFromSocket();
    }

    private void carryFromSocket() {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (ChannelOutputStream out =
                new ChannelOutputStream(this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true)) {
            while (socket.read(chunk) >= 0) {
                out.write(chunk.array(), 0, chunk.position());
                out.flush();
                chunk.clear();
            }
        } catch (IOException e) {
            log.debug("carryFromSocket({}) ended: {}", this, e.getMessage());
        }
        close(false);
    }

    private void carryToSocket() {
        try (SocketChannel to = socket) {
            while (true) {
                byte[] data = received.take();
                if (data.length > 0) {
                    write(to, data);
                } else if (isClosing()) {
                    return;
                } else {
                    to.shutdownOutput();
                }
            }
        } catch (IOException e) {
            log.debug("carryToSocket({}) ended: {}", this, e.getMessage());
            close(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(SocketChannel to, byte[] data) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(data);
        while (rest.hasRemaining()) {
            to.write(rest);
        }
        if (getLocalWindow().isOpen()) {
            getLocalWindow().release(data.length);
        }
    }

    /// Called by the connection's own thread, which must not wait for the socket; the window bounds the
    /// queue.
    @Override
    protected void doWriteData(byte[] data, int offset, long length) {
        if (length > 0) {
            received.add(Arrays.copyOfRange(data, offset, offset + (int) length));
        }
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) {
        throw new UnsupportedOperationException("a Unix socket has one stream");
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        received.add(END);
    }

    /// What was received before the close still reaches the socket.
    @Override
    protected void preClose() {
        received.add(END);
        super.preClose();
    }

    static final class Factory implements ChannelFactory {
        @Override
        public String getName() {
            return "direct-streamlocal@openssh.com";
        }

        @Override
        public Channel createChannel(Session session) {
            return new EmbeddedSshServerSocket();
        }
    }
}
